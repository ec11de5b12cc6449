"""Whatever is changed in an extract is found: by its files, its sources or its signature."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import tamper

from styrmatt.cli import main
from styrmatt.errors import UsageError
from styrmatt.export.store import manifest_checks, signature
from styrmatt.export.store.signature import SIGNATURE_NAME
from styrmatt.pipeline.use_cases.sign import sign
from styrmatt.pipeline.use_cases.verify import VerifyOptions, verify


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> tamper.Extract:
    """A signed extract, which tests copy."""
    made = tamper.Extract(tmp_path_factory.mktemp("tamper") / "extract")
    made.make()
    return made


def test_what_nobody_touched_is_proved_at_every_level(extract: tamper.Extract) -> None:
    for level in tamper.LEVELS:
        assert extract.found(level) == []


def test_there_are_forty_ways_and_more() -> None:
    assert len(tamper.WAYS) >= 40
    assert {way.found_by for way in tamper.WAYS.values()} == set(tamper.LEVELS)


@pytest.mark.parametrize("name", tamper.WAYS)
def test_every_way_of_tampering_is_found_where_the_docs_say(
    name: str, extract: tamper.Extract, tmp_path: Path
) -> None:
    way = tamper.WAYS[name]
    level, problems = tamper.first_level(extract, way, tmp_path / "copy")
    assert level is not None, "it was not found"
    assert tamper.LEVELS.index(level) <= tamper.LEVELS.index(way.found_by), problems


def test_a_forged_value_is_told_with_report_dataset_and_row(
    extract: tamper.Extract, tmp_path: Path
) -> None:
    harmed = extract.copy(tmp_path / "copy")
    tamper.WAYS["a status is edited, hashes right"].harm(harmed)
    found = verify(VerifyOptions(harmed.root, (harmed.raw,), re_extract=True))
    (row, *_) = harmed.rows("records")
    (wrong,) = (proof for proof in found.proofs if proof.problems)
    assert wrong.document_id == tamper.ONE
    assert any("records" in p and row["record_id"] in p for p in wrong.problems)


# --- signatures


def test_what_is_wrong_is_not_signed_and_an_earlier_signature_stays(
    extract: tamper.Extract, tmp_path: Path
) -> None:
    harmed = extract.copy(tmp_path / "copy")
    before = (harmed.root / SIGNATURE_NAME).read_bytes()
    harmed.path("goals").unlink()
    found, signed = sign(harmed.root, harmed.key)
    assert signed is None and not found.is_proved
    assert (harmed.root / SIGNATURE_NAME).read_bytes() == before


def test_a_signature_is_no_stranger_and_needs_no_key_to_be_checked(
    extract: tamper.Extract, tmp_path: Path
) -> None:
    changed = extract.copy(tmp_path / "copy")
    (changed.root / "notes.txt").write_text("hello", encoding="utf-8")
    told = changed.found("files")
    assert "new since the extract was signed: notes.txt" in told
    (changed.root / SIGNATURE_NAME).write_text("[" * 100_000, encoding="utf-8")
    assert f"{SIGNATURE_NAME} is not a signature that can be read" in changed.found("files")


def test_messages_name_five_files(extract: tamper.Extract, tmp_path: Path) -> None:
    changed = extract.copy(tmp_path / "copy")
    for n in range(7):
        (changed.root / f"new-{n}.txt").write_text("x", encoding="utf-8")
    (told,) = (p for p in changed.found("files") if p.startswith("new since"))
    assert told.count("new-") == signature._SHOWN_FILES == 5 and told.endswith(" and 2 more")


def test_keys_of_ssh_keygen_sign_and_verify(extract: tamper.Extract, tmp_path: Path) -> None:
    copy = extract.copy(tmp_path / "copy")
    key = tmp_path / "id"
    try:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)],
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        pytest.skip("ssh-keygen is not installed")
    (copy.root / SIGNATURE_NAME).unlink()
    assert sign(copy.root, key)[1] is not None
    assert verify(VerifyOptions(copy.root, (copy.raw,), signed_by=key.with_suffix(".pub"))).signed
    both = tmp_path / "allowed"
    line = key.with_suffix(".pub").read_text(encoding="utf-8")
    both.write_text(f"{copy.public.read_text(encoding='utf-8')}me {line}", encoding="utf-8")
    assert verify(VerifyOptions(copy.root, (copy.raw,), signed_by=both)).is_proved


@pytest.mark.parametrize("content", ["", "hello", "ssh-rsa AAAA", "-----BEGIN PUBLIC KEY-----"])
def test_what_is_no_key_is_told(content: str, extract: tamper.Extract, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        verify(VerifyOptions(extract.root, (extract.raw,), signed_by=path))
    with pytest.raises(UsageError):
        signature.sign_files(extract.root, path)


def test_the_commands_sign_and_verify(
    extract: tamper.Extract, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = extract.copy(tmp_path / "copy")
    assert command("sign", copy.root, "--key", copy.key) == 0
    assert "files signed with ssh-ed25519 " in capsys.readouterr().out
    arguments = ("--sources", copy.raw, "--signed-by", copy.public)
    assert command("verify", copy.root, *arguments) == 0
    assert "the holder of the key has signed these files" in capsys.readouterr().out
    copy.path("goals").unlink()
    assert command("verify", copy.root, *arguments) == 1
    said = capsys.readouterr().out
    assert "signed these files" not in said and "gone since the extract was signed" in said
    assert command("sign", copy.root, "--key", copy.key) == 1
    assert "Not signed." in capsys.readouterr().err


def command(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_clocks_may_differ_by_a_day() -> None:
    assert manifest_checks._CLOCKS_DIFFER.total_seconds() == 24 * 3600
