"""File names that every system accepts."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from builder.work import file_names


def test_an_ordinary_key_is_its_own_name() -> None:
    keys = ["liu25", "4", "Smith_2020-a.b"]
    assert file_names(keys) == {key: key for key in keys}


def test_keys_that_differ_by_case_alone_get_different_names_in_any_order() -> None:
    names = file_names(["Roe25", "roe25", "doe25"])
    assert names["Roe25"].lower() != names["roe25"].lower()
    assert names["doe25"] == "doe25"
    assert file_names(["roe25", "doe25", "Roe25"]) == names


def test_names_of_devices_are_avoided() -> None:
    for key in ("con", "NUL", "aux.v2", "lpt1"):
        assert file_names([key])[key].split(".")[0].lower() not in {"con", "nul", "aux", "lpt1"}


def test_signs_that_file_systems_reserve_are_replaced() -> None:
    assert file_names(["smith:2020/a"]) == {"smith:2020/a": "smith-2020-a"}
    assert file_names(["../../etc/passwd"])["../../etc/passwd"] == "etc-passwd"


def test_letters_beyond_ascii_are_not_silently_the_same() -> None:
    names = file_names(["miñoza26", "minoza26", "刘25", "王25"])
    assert names["minoza26"] != names["miñoza26"]
    assert names["刘25"] != names["王25"]


@given(st.lists(st.text(max_size=100), max_size=12))
def test_names_are_always_safe_unique_and_stable(keys: list[str]) -> None:
    names = file_names(keys)
    assert set(names) == set(keys)
    assert len({name.lower() for name in names.values()}) == len(names)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name)
        assert len(name) <= 80
        assert not name.endswith(".")
    assert file_names(reversed(keys)) == names
