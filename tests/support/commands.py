"""A command of the program in a process split off from this one: quick to start, and it may be somebody else."""

from __future__ import annotations

import base64
import os
import signal
import tempfile
import traceback
from pathlib import Path
from typing import IO

import bot.app
import bot.storage.opening  # noqa: F401
from bot import cli, config
from tests.support.databases import KEY

NOBODY = 65534
TOKEN = "123456:COMMAND-OF-A-TEST-IN-ITS-OWN-PROCESS"
NO_SERVER = "http://127.0.0.1:9/bot"


def command(
    folder: Path, *words: str, within: int = 20, user: int | None = None, **settings: str
) -> tuple[int, str, list[str]]:
    """Exit code, standard output, lines of standard error. `user`: as whom, for root alone to choose."""
    given = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": NO_SERVER,
        "DATA_DIR": str(folder),
        "ENCRYPTION_KEY": base64.b64encode(KEY).decode(),
        "HEALTH_LISTEN": "",
        "LOG_LEVEL": "error",
        **settings,
    }
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = os.fork()
        if process == 0:
            os._exit(_run(words, out, err, within, user, given))
        _, status = os.waitpid(process, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
    return os.waitstatus_to_exitcode(status), texts[0], texts[1].splitlines()


def _run(
    words: tuple[str, ...], out: IO[bytes], err: IO[bytes], within: int, user: int | None, given: dict[str, str]
) -> int:
    """In the new process; nothing of the test may run on in it."""
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(within)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        for name in config.Settings.model_fields:
            os.environ.pop(name.upper(), None)
        os.environ.update(given)
        os.chdir(given["DATA_DIR"])
        if user is not None:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        with open(1, "w", closefd=False) as stdout, open(2, "w", closefd=False) as stderr:
            import sys  # noqa: PLC0415

            sys.stdout, sys.stderr = stdout, stderr
            return cli.main(list(words))
    except BaseException:  # noqa: BLE001 - the caller sees it as what was said
        os.write(2, traceback.format_exc().encode())
        return 99
