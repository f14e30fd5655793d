"""Files that were uploaded or sent by phones, under made-up ids."""

import itertools
from dataclasses import dataclass
from typing import Any

from bot.simulator.errors import Json, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024
KIND_NAMES = {
    "photo": "Photo",
    "voice": "VoiceNote",
    "audio": "Audio",
    "video": "Video",
    "video_note": "VideoNote",
    "animation": "Animation",
    "document": "Document",
    "sticker": "Sticker",
}
EXTENSIONS = {
    "photo": "jpg",
    "voice": "oga",
    "audio": "mp3",
    "video": "mp4",
    "video_note": "mp4",
    "animation": "mp4",
    "document": "bin",
    "sticker": "webp",
}
IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True, eq=False)
class StoredFile:
    kind: str
    file_id: str
    path: str
    data: bytes
    # As a message shows it: a list of sizes for a photo, an object for the rest.
    media: Any


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = itertools.count(1)

    def add(self, kind: str, data: bytes, size: int | None = None, **details: Any) -> Any:
        """Keeps a file and returns what a message carries for it. `size` may pretend a bigger one."""
        number = next(self._numbers)
        names = {"file_id": f"AgAC{kind}{number:08d}", "file_unique_id": f"AQAD{number:08d}"}
        base = {**names, "file_size": len(data) if size is None else size}
        media: Any = _photo_sizes(base) if kind == "photo" else {**base, **_details(kind), **details}
        path = f"{kind}s/file_{number}.{EXTENSIONS[kind]}"
        stored = StoredFile(kind, names["file_id"], path, data, media)
        self._by_path[path] = stored
        for file_id in _file_ids(media):
            self._by_id[file_id] = stored
        return media

    def get(self, file_id: Any) -> StoredFile:
        stored = self._by_id.get(str(file_id))
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def receive(self, kind: str, given: Any, uploads: dict[str, Upload], **details: Any) -> Any:
        """The media of a call: an upload, or the id of a known file."""
        text = str(given or "")
        if text.startswith("attach://"):
            return self._receive_upload(kind, uploads.get(text.removeprefix("attach://")), details)
        if not text:
            raise bad_request(f"there is no {kind} in the request")
        if text.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        stored = self.get(text)
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {KIND_NAMES[stored.kind]} as {KIND_NAMES[kind]}")
        return stored.media

    def _receive_upload(self, kind: str, upload: Upload | None, details: Json) -> Any:
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
        if not upload.data:
            raise bad_request("file must be non-empty")
        if kind == "photo" and not upload.data.startswith(IMAGE_STARTS):
            raise bad_request("IMAGE_PROCESS_FAILED")
        if kind == "document":
            details = {"file_name": upload.name, "mime_type": upload.content_type, **details}
        return self.add(kind, upload.data, **details)


def _file_ids(media: Any) -> list[str]:
    return [each["file_id"] for each in (media if isinstance(media, list) else [media])]


def _photo_sizes(base: Json) -> list[Json]:
    small = {key: f"{value}s" for key, value in base.items() if key != "file_size"}
    return [
        {**small, "file_size": min(base["file_size"], 1200), "width": 90, "height": 67},
        {**base, "width": 800, "height": 600},
    ]


def _details(kind: str) -> Json:
    details: dict[str, Json] = {
        "voice": {"duration": 1, "mime_type": "audio/ogg"},
        "audio": {"duration": 1, "mime_type": "audio/mpeg"},
        "video": {"duration": 1, "width": 640, "height": 480, "mime_type": "video/mp4"},
        "video_note": {"duration": 1, "length": 240},
        "animation": {"duration": 1, "width": 320, "height": 240, "mime_type": "video/mp4"},
        "document": {"file_name": "file.bin", "mime_type": "application/octet-stream"},
        "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    }
    return details[kind]
