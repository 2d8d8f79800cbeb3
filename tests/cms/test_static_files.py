import json

import brotli
import pytest

from cms.static_files import StaticFilesStorage

TEXT = b"body { color: black }\n" * 200


@pytest.fixture
def storage(tmp_path):
    """Return a storage that was made before anything was collected."""
    return StaticFilesStorage(location=tmp_path, base_url="/static/")


def test_a_collected_file_is_compressed_for_both_kinds_of_browsers(storage, tmp_path):
    (tmp_path / "style.css").write_bytes(TEXT)

    list(storage.post_process({"style.css": (storage, "style.css")}))

    (named,) = set(tmp_path.glob("style.*.css"))
    assert brotli.decompress(named.with_name(f"{named.name}.br").read_bytes()) == TEXT
    assert named.with_name(f"{named.name}.gz").stat().st_size < len(TEXT)


def test_what_another_process_collected_later_is_known_after_looking_again(storage, tmp_path):
    manifest = {"version": "1.1", "paths": {"style.css": "style.0123.css"}, "hash": "0123"}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    with pytest.raises(ValueError, match=r"Missing staticfiles manifest entry for 'style.css'"):
        storage.stored_name("style.css")

    storage.look_again()

    assert storage.stored_name("style.css") == "style.0123.css"
