"""The README, `.env.example` and the code say the same; nothing in the tree is tied to a machine or a registry."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot import config
from bot.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
NAMES = [name.upper() for name in config.Settings.model_fields]


def test_env_example_has_every_setting_in_order() -> None:
    assert re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE) == NAMES


def test_env_example_gives_the_defaults() -> None:
    given = dotenv_values(ROOT / ".env.example", interpolate=False)
    for name, field in config.Settings.model_fields.items():
        if not field.is_required():
            assert given[name.upper()] == str(field.get_default()), name


def test_env_example_explains_every_setting() -> None:
    for block in EXAMPLE.split("\n\n"):
        assert block.startswith("#"), block


def test_the_file_form_is_named_for_every_secret() -> None:
    for name in config.SECRETS:
        assert f"{name.upper()}_FILE" in EXAMPLE
    starred = re.findall(r"^\| `([A-Z_]+)` \* \|", README, re.MULTILINE)
    assert sorted(starred) == sorted(name.upper() for name in config.SECRETS)


def test_readme_has_every_setting_and_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)`(?: \*)? \| ([^|]*) \|", README, re.MULTILINE)
    assert [name for name, _ in rows] == NAMES
    for name, default in rows:
        field = config.Settings.model_fields[name.lower()]
        plain = default.strip("`")
        if field.is_required():
            assert plain == "required"
        elif name not in {"DATABASE_URL", "ENCRYPTION_KEY"}:
            assert plain == (str(field.get_default()) or "empty"), name


def test_readme_has_every_command() -> None:
    groups = {group.name: group.typer_instance for group in app.registered_groups if group.typer_instance}
    words = [_name(command) for command in app.registered_commands]
    words += [f"{name} {_name(command)}" for name, group in groups.items() for command in group.registered_commands]
    for word in words:
        assert f"| `{word}" in README, word


def _name(command: object) -> str:
    name, callback = getattr(command, "name", None), getattr(command, "callback", None)
    return str(name or getattr(callback, "__name__", "")).replace("_", "-")


def test_readme_opens_with_two_commands() -> None:
    assert README.index("make demo") < README.index("make test") < README.index("## ")


def test_readme_targets_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"\bmake ([a-z]+)\b", README + (ROOT / ".ci/run").read_text("utf-8"))) - {"are"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("page", ["docs/threat-model.md", "docs/security.md", "docs/faults.md", "SECURITY.md"])
def test_every_test_that_a_promise_rests_on_is_there(page: str) -> None:
    files = {str(path.relative_to(ROOT)) for path in ROOT.rglob("tests/**/*.py")}
    tests = {name for file in files for name in re.findall(r"def (test_\w+)", (ROOT / file).read_text("utf-8"))}
    named = set(re.findall(r"`([\w/]+\.py)`", (ROOT / page).read_text("utf-8")))
    told = set(re.findall(r"`(test_\w+)`", (ROOT / page).read_text("utf-8")))
    known = {*files, *(str(path.relative_to(ROOT)) for path in ROOT.glob("bot/**/*.py"))}
    assert {name for name in named if not any(file.endswith(f"/{name}") for file in known)} == set()
    assert told <= tests


def test_the_privacy_notice_leaves_a_place_for_every_time_that_concerns_a_family() -> None:
    """Of the settings those, of the headings what a notice has to say (GDPR, Art. 13)."""
    notice = (ROOT / "docs/privacy-notice.md").read_text("utf-8")
    for name in ("VOICE", "PHOTOS", "CARE", "DEAD"):
        assert f"[RETENTION_{name}_DAYS]" in notice
    assert set(re.findall(r"\[([A-Z_]+)\]", notice)) <= set(NAMES)
    said = re.findall(r"^\*\*(.+?)[.,]\*\*", notice, re.MULTILINE)
    parts = ["Who we are", "What this is", "What we store", "Why, and on what ground", "Who reads it"]
    assert said == [*parts, "If something sounds like danger", "How long", "Your rights"]
    for word in ("complain", "transfer ground", "data protection officer", "object", "no\nmachine decides"):
        assert word in notice


_HOSTS = "py" + "pi|python" + "hosted|artif" + "actory|devp" + "i|nex" + "us|index-" + "url|extra-" + "index"
_PATHS = r"/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w|Us" + r"ers/\w)\b"


@pytest.mark.parametrize(
    "wanted", [rf"https?://[^\s\"']*(?:{_HOSTS})|--(?:index-" + "url|extra-index)", rf"(?<![\w.}}]){_PATHS}"]
)
def test_nothing_is_tied_to_a_machine_or_a_registry(wanted: str) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        text = path.read_text("utf-8", "ignore") if path.is_file() else ""
        found += [f"{name}: {match.group()}" for match in re.finditer(wanted, text)]
    assert not found
