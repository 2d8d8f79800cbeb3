import os
import subprocess
import sys

import pytest

from cms.running.data_folder import LOCK_NAME, claimed
from cms.running.refusals import Refusal


def test_an_absent_folder_is_made(tmp_path):
    folder = tmp_path / "a" / "b"

    with claimed(folder):
        assert folder.is_dir()


def test_the_lock_names_the_process_that_holds_it(tmp_path):
    with claimed(tmp_path):
        assert (tmp_path / LOCK_NAME).read_text() == f"{os.getpid()}\n"


def test_a_folder_in_use_is_refused_with_the_process_that_uses_it(tmp_path):
    program = "import sys; from pathlib import Path; from cms.running.data_folder import claimed\n"
    program += f"with claimed(Path({str(tmp_path)!r})): pass"

    with claimed(tmp_path):
        second = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert second.returncode == 1
    assert f"al in gebruik door een andere Lessenbank (proces {os.getpid()})" in second.stderr


def test_a_folder_is_free_again_after_use(tmp_path):
    with claimed(tmp_path):
        pass

    with claimed(tmp_path):
        assert (tmp_path / LOCK_NAME).read_text() == f"{os.getpid()}\n"


def test_a_second_claim_in_the_same_process_is_refused(tmp_path):
    with claimed(tmp_path), pytest.raises(Refusal, match="LESSENBANK_DATA"), claimed(tmp_path):
        pass


def test_a_file_in_place_of_the_folder_is_an_error_of_the_system(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(OSError, match="exists"), claimed(tmp_path / "file"):
        pass
