"""Files are written whole, and what cannot be written is named by its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.work.writing import beside, write


def test_a_file_that_cannot_be_written_is_named_by_its_own_name(tmp_path: Path) -> None:
    target = tmp_path / "authors.yaml"
    (target / "inside").mkdir(parents=True)  # a folder stands there
    with pytest.raises(OSError, match=r"authors\.yaml") as caught:
        write(target, "text")
    assert caught.value.filename == str(target)
    assert sorted(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("fault", [PermissionError(13, "no", "elsewhere"), OSError("full")])
def test_other_errors_stay_as_they_are(tmp_path: Path, fault: OSError) -> None:
    before = str(fault)
    with pytest.raises(type(fault)) as caught, beside(tmp_path / "a.txt"):
        raise fault
    assert str(caught.value) == before


def test_the_name_beside_a_file_is_never_told(tmp_path: Path) -> None:
    with pytest.raises(PermissionError) as caught, beside(tmp_path / "a.txt") as temporary:
        raise PermissionError(13, "Permission denied", str(temporary))
    assert str(caught.value).endswith(f"'{tmp_path / 'a.txt'}'")
