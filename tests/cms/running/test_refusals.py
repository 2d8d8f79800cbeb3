import errno

import pytest
from django.db.utils import OperationalError

from cms.running.refusals import refusal_for

FULL = "De schijf is vol"
NOT_WRITABLE = "mag niet worden geschreven"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
        (OSError(errno.EFBIG, "File too large"), FULL),
        (OperationalError("database or disk is full"), FULL),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), FULL),
        (OperationalError("disk I/O error"), FULL),
        (PermissionError(errno.EACCES, "Permission denied"), NOT_WRITABLE),
        (OSError(errno.EROFS, "Read-only file system"), NOT_WRITABLE),
        (OperationalError("attempt to write a readonly database"), NOT_WRITABLE),
        (OperationalError("unable to open database file"), NOT_WRITABLE),
        (FileExistsError(errno.EEXIST, "File exists"), "kan geen map zijn"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), "kan geen map zijn"),
        (OperationalError("connection failed: Connection refused"), "De database antwoordt niet"),
    ],
)
def test_a_trouble_of_the_machine_becomes_one_sentence(error, sentence, tmp_path):
    refusal = refusal_for(error, tmp_path)

    assert refusal is not None
    assert sentence in str(refusal)
    assert str(refusal).endswith(".")
    assert "\n" not in str(refusal)


def test_the_cause_of_an_error_counts_too(tmp_path):
    error = RuntimeError("collectstatic failed")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")

    assert FULL in str(refusal_for(error, tmp_path))


def test_a_fault_of_the_program_is_not_hidden(tmp_path):
    assert refusal_for(KeyError("slug"), tmp_path) is None


@pytest.mark.parametrize(("name", "is_data"), [("data/x", True), ("", True), ("code/x.mo", False)])
def test_what_cannot_be_written_outside_the_data_folder_is_named(name, is_data, tmp_path):
    path = tmp_path / name
    error = PermissionError(errno.EACCES, "Permission denied", str(path))

    sentence = str(refusal_for(error, tmp_path / "data"))

    assert NOT_WRITABLE in sentence
    assert ("gegevensmap" in sentence) is is_data
    assert is_data or str(path) in sentence
