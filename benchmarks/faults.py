"""Kills runs, fills disks, takes rights away, and counts what was lost.

    make faults                                       200 kills and everything else, a few minutes
    python benchmarks/faults.py --kills 1000 --pairs 50
    python benchmarks/faults.py --seconds 60          stop there, whatever was counted until then

Two versions of a set of documents are written over one another, time and again, and each run comes
to harm. After each, every document has to be as it was or as it was becoming, in all its datasets
together; the manifest has to say so; nothing may be left over; and a run that nobody disturbs has
to end in the very bytes of one that never was disturbed.

Most runs find their reports read already, so that they are killed while they write: at one of the
calls that change the disk, counted in the run itself, so that the speed of the machine does not
matter. One of `--whole` kills is of the command as it reads the sample reports, at a random moment.
Prints counts; exit code 1 where anything was lost or half written.
"""

from __future__ import annotations

import argparse
import dataclasses
import errno
import hashlib
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import filelock
import hostile
import pandas
import pyarrow.parquet
from measuring import CLOCK_TIMES

import styrmatt.export.store.up_to_date
import styrmatt.export.store.writer
import styrmatt.pipeline.write_reports
import styrmatt.swedish.lemma_dictionary
from styrmatt.errors import OutputError
from styrmatt.export.store import transaction as changes
from styrmatt.pipeline.read_report import ReadOptions, ReadReport, read_one
from styrmatt.pipeline.read_results import FOLDER, ReadResultCache
from styrmatt.pipeline.run import Options, Result, run_reports
from styrmatt.pipeline.workers.prefetch import file_hash
from styrmatt.records import DATASETS, Extract

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((ROOT / "data" / "raw").glob("*.pdf"))
ORGANISATIONS = {"A": "Region Ett", "B": "Region Annan"}
"""The organisation that each version of the documents is run with."""
_MARKED = {
    "documents": "title",
    "goals": "assessment_text",
    "success_factors": "page",
    "measures": "footnote",
    "targets": "target_raw",
    "outcomes": "text",
    "narratives": "text",
    "claims": "text",
    "issues": "message",
    "records": "target_raw",
}
"""A column of each dataset that tells the versions of a document apart. None is one that measures
are linked over the years by: series keep what they were founded by, whatever is written later."""
BEGINNING = "beginning"
"""The folder, beside what documents need else, that every trial begins with: version A of all."""
KEPT = {"lock", "read", "pages"}
"""What stays in the work folder between runs: the lock's file, and what was read."""
OF_ALL = {"manifest.json", "observations/observations.parquet", "series/series.parquet"}
"""The files that tell of all documents."""
_NOBODY = 65534
"""The user and group without rights of their own, on Linux."""
_PAGE = 4096
"""Bytes of a memory page, in which a small disk is measured."""
_WRITING = [
    (Path, "mkdir"),
    (Path, "replace"),
    (Path, "write_text"),
    (Path, "write_bytes"),
    (os, "fsync"),
    (tempfile, "mkdtemp"),
    (tempfile, "mkstemp"),
    (pyarrow.parquet, "write_table"),
]
"""The calls by which a run writes."""
_CHANGING = [*_WRITING, (Path, "unlink"), (Path, "rmdir")]
"""The calls by which a run changes what is on the disk."""
_HALVED = ("write_text", "write_bytes", "write_table")
"""The calls that write a file's content, of which only half may be on the disk after a kill."""
# The runs are forks of this process and find their libraries imported.
assert pandas and pyarrow.parquet and filelock and styrmatt.export.store.up_to_date
assert styrmatt.swedish.lemma_dictionary
State = dict[str, dict[str, str]]
"""By the hash of a source: the files of its document with their hashes."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200, help="runs that are killed")
    parser.add_argument(
        "--whole", type=int, default=10, help="one in so many kills is of a whole run; 0: none"
    )
    parser.add_argument("--pairs", type=int, default=10, help="pairs of runs at the same time")
    parser.add_argument("--full", type=int, default=20, help="runs onto a full disk")
    parser.add_argument("--hostile", type=int, default=1, help="hostile input, too; 0: none")
    parser.add_argument("--documents", type=int, default=12, help="documents of each run")
    parser.add_argument("--seconds", type=float, help="stop after this time")
    parser.add_argument("--seed", type=int, help="of all that is random")
    arguments = parser.parse_args()
    seed = random.randrange(10**6) if arguments.seed is None else arguments.seed
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        os.environ["SOURCE_DATE_EPOCH"] = "0"  # clock times of manifests stand still
        ReadOptions().key("", "")  # what the runs share is worked out once
        # Batches end by their number of documents alone, so that a run makes the same calls on any
        # machine; and they are small, so that few documents make several transactions.
        styrmatt.pipeline.write_reports._BATCH_SECONDS = math.inf
        styrmatt.pipeline.write_reports._MIN_BATCH = 2
        trial = Trial(Path(folder), random.Random(seed), arguments.seconds)
        documents = Documents(Path(folder) / "made", arguments.documents)
        print(
            f"seed {seed}; {arguments.documents} documents, {len(SAMPLES)} whole reports",
            flush=True,
        )
        whole = arguments.kills // arguments.whole if arguments.whole else 0
        trial.kills(documents, arguments.kills - whole)
        trial.pairs(documents, arguments.pairs)
        trial.full_disks(documents, arguments.full)
        trial.errors(documents, arguments.full)
        trial.read_only(documents)
        if arguments.hostile:
            trial.hostile()
        if whole:
            trial.kills(Whole(Path(folder) / "whole"), whole)
        sys.exit(trial.print_counts())


class Documents:
    """Documents in two versions whose reports have been read already: what is left is to write.

    Every third has another year in the other version, so that its files move.
    """

    name = "while writing"

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.sources = [folder / "in" / f"report-{number:03}.txt" for number in range(count)]
        (folder / "in").mkdir(parents=True)
        for path in self.sources:
            path.write_text(path.stem)
        forked(self._read_all)()
        self.references = references(self)

    def start(self, root: Path, version: str) -> Wait:
        """Start a run of a version; what is called to wait for its exit code."""
        self.fill_cache(root, version)
        return forked(lambda: self.run(root, version))

    def start_and_kill(self, root: Path, version: str, moment: float, *, half: bool) -> Wait:
        """Start a run that kills itself at a moment: 0 at its first change, 1 at its last.

        With ``half`` the file that it is writing then is cut in the middle first.
        """
        last = 1 + int(moment * (self.references[version].changes - 1))
        self.fill_cache(root, version)

        def run_to_there() -> int:
            count_changes(last, half=half)
            return self.run(root, version)

        return forked(run_to_there)

    def changes(self, root: Path, version: str) -> int:
        """How many calls change the disk in an undisturbed run of a version."""
        self.fill_cache(root, version)
        numbers, in_run = os.pipe()

        def run_and_count() -> int:
            count = count_changes()
            code = self.run(root, version)
            os.write(in_run, str(count()).encode())
            return code

        assert forked(run_and_count)() == 0
        with os.fdopen(numbers) as file:
            os.close(in_run)
            return int(file.read())

    def fill_cache(self, root: Path, version: str) -> None:
        """Put what a run finds read already where it looks for it."""
        cache = root / FOLDER
        cache.mkdir(parents=True, exist_ok=True)
        for path in (self.folder / version / FOLDER).iterdir():
            shutil.copy(path, cache)

    def run(self, root: Path, version: str) -> int:
        outcomes = list(
            run_reports(self.sources, Options(root, organisation=ORGANISATIONS[version]))
        )
        failed = [outcome for outcome in outcomes if not isinstance(outcome, Result)]
        for outcome in failed:
            if int(outcome.error.exit_code) != 9:
                print(f"a run met {outcome.error}", file=sys.stderr, flush=True)
        return min((int(outcome.error.exit_code) for outcome in failed), default=0)

    def _read_all(self) -> int:
        """Make what reading would give of each document, from a report at hand."""
        reports = [read_one(path, ReadOptions()) for path in SAMPLES[1:2]]
        for version, organisation in ORGANISATIONS.items():
            options = ReadOptions(identity={"organisation": organisation})
            for number, path in enumerate(self.sources):
                extract = reports[number % len(reports)].extract
                made = _made(extract, path, number, version)
                sha256, _ = file_hash(path)
                key = options.key(path.name, sha256)
                ReadResultCache(self.folder / version).put(key, sha256, ReadReport(made, {}))
        return 0


class Whole:
    """The command itself, from the sample reports to their files."""

    name = "of whole runs"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.references = references(self)

    def start(self, root: Path, version: str) -> Wait:
        command = [sys.executable, "-m", "styrmatt", "run", *map(str, SAMPLES), "--quiet"]
        command += ["--out", str(root), "--organisation", ORGANISATIONS[version]]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        return Wait(process.pid)

    def start_and_kill(self, root: Path, version: str, moment: float, *, half: bool) -> Wait:
        """Start a run and kill it after that share of the time that it takes undisturbed."""
        run = self.start(root, version)
        time.sleep(moment * self.references[version].seconds)
        with suppress(ProcessLookupError):
            os.kill(run.pid, signal.SIGKILL)
        return run


@dataclasses.dataclass
class Reference:
    """What a version amounts to where nobody disturbs its run."""

    state: State
    tree: dict[str, bytes]
    seconds: float
    changes: int = 0
    """Calls that change the disk; 0 for whole runs, in which they are not counted."""


def references(documents: Any) -> dict[str, Reference]:
    """Each version, written over the other: where a document moves, its series tell of that."""
    root = documents.folder / BEGINNING
    made = {}
    for version in ("A", "B", "A", "B", "A"):
        began, changes_made = time.monotonic(), 0
        if isinstance(documents, Documents):
            changes_made = documents.changes(root, version)
        else:
            assert documents.start(root, version)() == 0
        seconds = time.monotonic() - began
        made[version] = Reference(state_of(root), tree(root), seconds, changes_made)
    return made


class Wait:
    """Waits for a process to end and gives its exit code; negative where a signal ended it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def __call__(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def forked(work: Callable[[], int]) -> Wait:
    """Do this in a child process, which has everything imported."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return Wait(pid)
    code = 70
    try:
        code = work()
    except OutputError:
        code = 9
    except BaseException as error:
        print(f"a run ended in {error!r}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


class Trial:
    """Brings harm to runs, and counts."""

    def __init__(self, folder: Path, chance: random.Random, seconds: float | None) -> None:
        self.folder = folder
        self.chance = chance
        self.end = None if seconds is None else time.monotonic() + seconds
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._number = 0

    def kills(self, documents: Documents | Whole, count: int) -> None:
        """Kill runs, each at another moment; now and then one is left to end."""
        root, before = self._begin(documents)
        moments = [(number + self.chance.random()) / count for number in range(count)]
        self.chance.shuffle(moments)  # and so each part of a run has its share of the kills
        version = "A"
        for moment in moments:
            if self._late():
                break
            version = version if self.chance.random() < 0.2 else "AB"[version == "A"]
            half = self.chance.random() < 0.5
            code = documents.start_and_kill(root, version, moment, half=half)()
            self._expect(code in (0, -signal.SIGKILL), f"a run to be killed ended in {code}")
            self.counts[f"kills {documents.name}"] += 1
            self.counts["  of these, after the run had ended"] += code == 0
            interrupted = changes.has_journal(root)
            self.counts["  of these, in the middle of a change"] += interrupted
            if not interrupted:
                self._check(documents, root, version, before, "as it was left", cleared=False)
            changes.check_writable(root)  # what the next run does first
            before = self._check(documents, root, version, before, "after a kill")
            states = {self._version(documents, source, files) for source, files in before.items()}
            self.counts["  of these, with documents of both versions after"] += len(states) > 1
            if self.chance.random() < 0.2:
                before = self._finish(documents, root, version, before)
        self._finish(documents, root, version, before)

    def pairs(self, documents: Documents, count: int) -> None:
        """Two runs at the same time: of one version, of two, and with one of them killed."""
        root, before = self._begin(documents)
        for number in range(count):
            if self._late():
                return
            versions = ("AA", "AB", "BA", "BB")[number % 4]
            is_killed = number % 5 == 4
            if is_killed:
                moment, half = self.chance.random(), self.chance.random() < 0.5
                first = documents.start_and_kill(root, versions[0], moment, half=half)
            else:
                first = documents.start(root, versions[0])
            second = documents.start(root, versions[1])
            codes = (first(), second())
            expected = (codes[0], 0) if is_killed else (0, 0)
            self._expect(codes == expected, f"two runs at a time ended in {codes}")
            self.counts["pairs of runs at the same time"] += 1
            changes.check_writable(root)
            before = self._check(documents, root, versions, before, "after a pair")
            before = self._finish(documents, root, versions[1], before)

    def full_disks(self, documents: Documents, count: int) -> None:
        """Runs onto a small disk of their own, where this process may make one.

        Documents are written a few at a time, so what is missing is measured in documents.
        """
        need = sum(len(data) // _PAGE + 1 for data in documents.references["B"].tree.values())
        share = 2 * need // len(documents.sources)
        for _ in range(count):
            if self._late():
                return
            with small_disk(self.folder / "disk") as resize:
                if resize is None:
                    print("no rights to make a small disk: full disks are injected only")
                    return
                root, before = self._begin(documents, self.folder / "disk" / "out")
                documents.fill_cache(root, "B")
                used = shutil.disk_usage(root).used // _PAGE
                resize(used + int(share * self.chance.random()))
                code = forked(partial(documents.run, root, "B"))()
                self.counts["runs onto a full disk"] += 1
                self.counts["  of these, that ended in an output error"] += code == 9
                self._expect(code in (0, 9), f"a full disk ended in {code}")
                before = self._check(documents, root, "B", before, "on a full disk", cleared=False)
                resize(need * 8)
                self._finish(documents, root, "B", before)

    def errors(self, documents: Documents, count: int) -> None:
        """Runs in which, from some call on, every call says that the disk is full or broken."""
        root, before = self._begin(documents)
        for number in range(count):
            if self._late():
                return
            version = "BA"[number % 2]
            after = self.chance.randrange(1, 30 * len(documents.sources))
            error = self.chance.choice((errno.ENOSPC, errno.EIO))
            documents.fill_cache(root, version)
            with failing(after, error):
                code = forked(partial(documents.run, root, version))()
            self.counts["runs in which writing began to fail"] += 1
            self.counts["  of these, that ended in an output error at all"] += code == 9
            self._expect(code in (0, 9), f"failing calls ended in {code}")
            changes.check_writable(root)
            before = self._check(documents, root, version, before, "after failing calls")
            before = self._finish(documents, root, version, before)

    def read_only(self, documents: Documents) -> None:
        """Runs as somebody who may not write everywhere."""
        root, before = self._begin(documents)
        folders = [root, root / changes.WORK_FOLDER, *root.glob("goals/year=2001")]
        for folder in folders:
            documents.fill_cache(root, "B")
            _give(root, _NOBODY)
            folder.chmod(0o555)
            code = as_nobody(partial(documents.run, root, "B"))()
            folder.chmod(0o755)
            self.counts["runs into a read-only folder"] += 1
            self._expect(code == 9, f"a read-only {folder.name} ended in {code}")
            before = self._check(documents, root, "B", before, "in a read-only folder")
        _give(root, os.getuid())
        self._finish(documents, root, "B", before)

    def hostile(self) -> None:
        """Runs over hostile input (benchmarks/hostile.py), each beside a report that is fine."""
        for number, (name, kind) in enumerate(hostile.KINDS.items()):
            if self._late():
                return
            ended = hostile.run_kind(kind, self.folder / f"hostile-{number}")
            self.counts["kinds of hostile input"] += 1
            self.counts["  of these, whose report was written all the same"] += ended.code == 0
            for wrong in hostile.wrong_with(kind, ended):
                self._expect(False, f"{name}: {wrong}")

    def print_counts(self) -> int:
        """Print the counts; return the exit code."""
        for what, count in self.counts.items():
            print(f"{count:6} {what}")
        print(f"{len(self.wrong):6} times something was lost, half written, left over or different")
        for wrong in self.wrong[:20]:
            print(f"       {wrong}")
        return 1 if self.wrong else 0

    def _finish(self, documents: Any, root: Path, version: str, before: State) -> State:
        """An undisturbed run ends in the very bytes of the reference."""
        code = documents.start(root, version)()
        self.counts["undisturbed runs, compared byte by byte"] += 1
        self._expect(code == 0, f"an undisturbed run ended in {code}")
        ours, theirs = tree(root), documents.references[version].tree
        names = sorted(n for n in {*ours, *theirs} if ours.get(n) != theirs.get(n))
        self._expect(not names, f"{names[:3]}: other bytes than the reference")
        return self._check(documents, root, version, before, "after an undisturbed run")

    def _check(
        self,
        documents: Any,
        root: Path,
        versions: str,
        before: State,
        when: str,
        *,
        cleared: bool = True,
    ) -> State:
        """Every document is as it was, or as it was becoming, and the manifest says so."""
        state = state_of(root)
        for source in {*before, *state}:
            files = state.get(source)
            becoming = [documents.references[version].state[source] for version in versions]
            fine = files == before.get(source) or files in becoming
            self._expect(fine, f"{when}: the document of {source[:8]} is neither old nor new")
            for path, recorded in (files or {}).items():
                self._expect(_hash(root / path) == recorded, f"{when}: {path} is another")
        known = {path for files in state.values() for path in files} | OF_ALL
        stray = sorted(set(tree(root)) - known) if state or cleared else []
        self._expect(not stray, f"{when}: {stray[:3]} belong to nothing")
        if cleared:
            left = {path.name for path in (root / changes.WORK_FOLDER).iterdir()} - KEPT
            self._expect(not left, f"{when}: {sorted(left)} are left over")
        return state

    def _version(self, documents: Any, source: str, files: Mapping[str, str]) -> str:
        both = [v for v in ORGANISATIONS if documents.references[v].state[source] == files]
        return both[0] if both else "neither"

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)

    def _late(self) -> bool:
        return self.end is not None and time.monotonic() > self.end

    def _begin(self, documents: Any, root: Path | None = None) -> tuple[Path, State]:
        """A folder with version A of all documents."""
        if root is None:
            self._number += 1
            root = self.folder / f"out-{self._number}"
        shutil.copytree(documents.folder / BEGINNING, root)
        return root, self._finish(documents, root, "A", state_of(root))


def _made(extract: Extract, path: Path, number: int, version: str) -> Extract:
    """A report's rows as those of another document, told apart by its version."""
    year = 2000 + number % 20 + (version == "B" and number % 3 == 0)
    document_id = f"{path.stem}-{year}"
    whose = f"Region {number if number % 3 == 0 else 'Sammanhang'}"
    own = {"document_id": document_id, "fiscal_year": year}
    rows: dict[str, Any] = {}
    for dataset in DATASETS:
        column = _MARKED.get(dataset)
        rows[dataset] = tuple(
            dataclasses.replace(row, **_ids(row, number) | own | _marked(row, column, version))
            for row in extract.rows(dataset)
        )
    rows["records"] = tuple(dataclasses.replace(row, organisation=whose) for row in rows["records"])
    (document,) = rows.pop("documents")
    assert document.document_id == document_id
    document = dataclasses.replace(
        document,
        organisation=whose,
        source_name=path.name,
        source_sha256=file_hash(path)[0],
        source_kind="text",
    )
    return Extract(document=document, **rows)


def _ids(row: Any, number: int) -> dict[str, str]:
    """A row's ids and those that it links to, as those of another document."""
    names = [f.name for f in dataclasses.fields(row) if f.name.endswith("_id")]
    values = {name: getattr(row, name) for name in names}
    return {name: f"{value}-{number}" for name, value in values.items() if value is not None}


def _marked(row: Any, column: str | None, version: str) -> dict[str, Any]:
    if column is None:
        return {}
    value = getattr(row, column)
    marked = value + 1000 * ord(version) if isinstance(value, int) else f"{value} ({version})"
    return {column: marked}


def state_of(root: Path) -> State:
    """What the manifest says there is; nothing where there is none yet."""
    with suppress(FileNotFoundError):
        documents = json.loads((root / "manifest.json").read_bytes())["documents"]
        return {
            document["used"]["sha256"]: {
                file["path"]: file["sha256"] for file in document["generated"]
            }
            for document in documents
        }
    return {}


def tree(root: Path) -> dict[str, bytes]:
    """Every file that readers see, with its bytes; the manifest without its clock times."""
    return {
        path.relative_to(root).as_posix(): CLOCK_TIMES.sub(b"", path.read_bytes())
        for path in root.rglob("*")
        if path.is_file() and changes.WORK_FOLDER not in path.parts
    }


def _hash(path: Path) -> str:
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return "missing"


@contextmanager
def small_disk(at: Path) -> Iterator[Callable[[int], None] | None]:
    """A disk in memory at this folder; gives what sets its size in pages, None without rights."""
    at.mkdir(exist_ok=True)

    def mount(*options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(at)]
        with suppress(FileNotFoundError):
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        return False

    if not mount("size=256m"):
        yield None
        return
    try:
        yield lambda pages: mount("remount", f"size={pages * _PAGE // 1024}k") or None
    finally:
        subprocess.run(["umount", str(at)], check=True)


@contextmanager
def failing(after: int, error: int) -> Iterator[None]:
    """Let every call that writes fail, in runs begun meanwhile, after so many have succeeded."""
    parent, left = os.getpid(), [after]

    def fail_from_there(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if os.getpid() != parent:
                left[0] -= 1
                if left[0] < 0:
                    raise OSError(error, os.strerror(error))
            return original(*args, **kwargs)

        return call

    originals = _replace(_WRITING, fail_from_there)
    try:
        yield
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)


def count_changes(last: int | None = None, *, half: bool = False) -> Callable[[], int]:
    """Count, from now on in this process, the calls that change the disk; gives their number.

    The process kills itself at the ``last``, before it or, with ``half``, half-way through.
    """
    count = [0]

    def counted(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            count[0] += 1
            if count[0] == last:
                if half and name in _HALVED:
                    original(*args, **kwargs)
                    path = next(arg for arg in args if isinstance(arg, str | Path))
                    os.truncate(path, Path(path).stat().st_size // 2)
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **kwargs)

        return call

    _replace(_CHANGING, counted)
    return lambda: count[0]


def _replace(
    calls: list[tuple[Any, str]],
    replacement: Callable[[str, Callable[..., Any]], Callable[..., Any]],
) -> list[tuple[Any, str, Any]]:
    """Put something else in the place of these functions; gives what was there."""
    originals = [(owner, name, getattr(owner, name)) for owner, name in calls]
    for owner, name, original in originals:
        setattr(owner, name, replacement(name, original))
    return originals


def as_nobody(work: Callable[[], int]) -> Wait:
    """Do this in a child process without rights."""

    def stripped() -> int:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        return work()

    return forked(stripped)


def _give(root: Path, owner: int) -> None:
    """Make everything there another's, where this process may."""
    if os.getuid() == 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, owner, -1)


if __name__ == "__main__":
    main()
