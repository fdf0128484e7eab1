"""Where providers come from, on machines of several kinds."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from terraform_roots import POLICY, root, script

from dynamodb_layouts.errors import CannotRunError, LayoutsError
from dynamodb_layouts.terraform import Installation, Root, find_installation, find_terraform, provider
from dynamodb_layouts.terraform.mirror import AWS, VARIABLE, store, target

_ARCHIVED = f"terraform-provider-aws_5.100.0_{target()}.zip"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYNAMODB_LAYOUTS_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TF_CLI_CONFIG_FILE", raising=False)
    monkeypatch.delenv(VARIABLE, raising=False)


def _unpacked(folder: Path, version: str = "5.100.0") -> Path:
    place = folder / AWS / version / target()
    place.mkdir(parents=True)
    return script(place / f"terraform-provider-aws_v{version}_x5", "exit 1")


def test_a_named_mirror_without_the_provider(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="holds no AWS provider for") as caught:
        find_installation({VARIABLE: str(tmp_path)})
    assert f"terraform providers mirror {tmp_path}" in caught.value.instead


def test_a_named_mirror_comes_before_the_users_configuration(tmp_path: Path) -> None:
    _unpacked(tmp_path / "named")
    configuration = tmp_path / "user.tfrc"
    configuration.touch()
    found = find_installation(
        {VARIABLE: str(tmp_path / "named"), "TF_CLI_CONFIG_FILE": str(configuration)},
    )
    assert found.mirror == tmp_path / "named"


def test_the_users_configuration_is_left_alone(tmp_path: Path) -> None:
    _unpacked(tmp_path / "opt/plugins")
    configuration = tmp_path / "user.tfrc"
    configuration.touch()
    found = find_installation({"TF_CLI_CONFIG_FILE": str(configuration)}, [str(tmp_path / "opt")])
    assert found.mirror is None
    assert "TF_CLI_CONFIG_FILE" not in found.environment
    assert found.origin == f"as {configuration} says"


@pytest.mark.parametrize("place", ["opt/plugins", "opt/terraform/plugins"])
def test_a_mirror_below_a_system_folder(tmp_path: Path, place: str) -> None:
    program = _unpacked(tmp_path / place)
    found = find_installation({"TF_CLI_CONFIG_FILE": "/nowhere"}, [str(tmp_path / "opt")])
    assert found.mirror == tmp_path / place
    assert provider(found, find_terraform()).path == program
    written = Path(found.environment["TF_CLI_CONFIG_FILE"]).read_text()
    # Other providers still come from the registry.
    assert f'include = ["{AWS}"]' in written
    assert f'exclude = ["{AWS}"]' in written


def test_terraforms_implied_mirror_comes_first(tmp_path: Path) -> None:
    _unpacked(tmp_path / "opt/plugins")
    _unpacked(tmp_path / "home/.terraform.d/plugins")
    assert find_installation({}, [str(tmp_path / "opt")]).mirror == tmp_path / "home/.terraform.d/plugins"


def test_a_packed_mirror_is_unpacked_once(tmp_path: Path) -> None:
    (tmp_path / "opt/m" / AWS).mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "opt/m" / AWS / _ARCHIVED, "w") as packed:
        packed.writestr("terraform-provider-aws_v5.100.0_x5", "#!/bin/sh\n")
    found = find_installation({}, [str(tmp_path / "opt")])
    program = provider(found, find_terraform())
    assert program.version == "5.100.0"
    assert os.access(program.path, os.X_OK)
    assert provider(found, find_terraform()) == program
    assert [entry.name for entry in (store() / AWS / "5.100.0").iterdir()] == [target()]


def test_the_newest_fifth_version_is_preferred(tmp_path: Path) -> None:
    for version in ("5.99.0", "5.100.0", "5.100.1", "6.2.0"):
        _unpacked(tmp_path / "m", version)
    found = find_installation({VARIABLE: str(tmp_path / "m")})
    assert provider(found, find_terraform()).version == "5.100.1"


def test_only_unsupported_versions(tmp_path: Path) -> None:
    _unpacked(tmp_path / "m", "4.9.0")
    found = find_installation({VARIABLE: str(tmp_path / "m")})
    with pytest.raises(CannotRunError, match=r"holds no AWS provider >= 5\.100, < 7, only 4\.9\.0"):
        provider(found, find_terraform())


def test_no_mirror_means_the_registry_and_a_cache(tmp_path: Path) -> None:
    found = find_installation({}, [str(tmp_path)])
    assert (found.origin, found.mirror) == ("the registry", None)
    assert found.environment["TF_PLUGIN_CACHE_DIR"] == str(store())


def test_what_was_downloaded_once_needs_no_registry() -> None:
    _unpacked(store())
    found = find_installation({}, [])
    assert found.mirror == store()
    # A root that wants what is not there still asks the registry.
    assert found.fallback is not None
    assert (found.fallback.origin, found.fallback.mirror) == ("the registry", None)


def test_an_init_that_fails_tries_the_next_way(tmp_path: Path) -> None:
    empty = tmp_path / "empty.tfrc"
    empty.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}"\n  }}\n}}\n')
    last = Installation("last", {"TF_CLI_CONFIG_FILE": str(empty)})
    first = Installation("first", {"TF_CLI_CONFIG_FILE": str(empty)}, fallback=last)
    with Root(root(tmp_path / "one", POLICY), installation=first) as copy:
        with pytest.raises(LayoutsError, match=r"provider registry\.terraform\.io/hashicorp/aws was not"):
            copy.init()
        assert copy.installation == last


def test_no_provider_and_no_registry(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    configuration = tmp_path / "user.tfrc"
    configuration.write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}/empty"\n  }}\n}}\n'
    )
    environ = {**os.environ, "TF_CLI_CONFIG_FILE": str(configuration)}
    with pytest.raises(
        CannotRunError, match=r"the AWS provider ~> 5\.100 cannot be installed: Error:"
    ) as caught:
        provider(find_installation(environ), find_terraform(), environ)
    assert VARIABLE in caught.value.instead
