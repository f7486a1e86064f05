"""Write measurements down: README.md with tables, and plots beside it.

In: each benchmark's results, the machine, the day. Out: files in this folder.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rag.evaluation import Bin
from tests.benchmarks.running import Results

FOLDER = Path(__file__).parent
INTRODUCTION = """# Benchmarks

Written by `python -m tests.benchmarks --data DIR --peers`; don't edit. One benchmark alone, for instance:
`python -m tests.benchmarks.squad FILE.json --json --peers`. Peers are set up as their documentation does it, with the
same MiniLM and in the same process; `pip install -e '.[bench]'` installs them and what draws the plots.

What it costs stands in [speed.md](speed.md) (`python -m tests.benchmarks.profile FOLDER --flame --write`: start-up,
one answer, indexing, beside the least they could take), [curves.md](curves.md) (`python -m tests.benchmarks.curves
FOLDER --work DIR --peers --write`: 1 to 10,000 interviews, beside peers) and [scale.md](scale.md) (an archive in
Milvus, worked out on paper). `python -m tests.benchmarks.page_speed` measures the page beside a bare Gradio chat, and
`python -m tests.benchmarks.load` fifty visitors asking at once.

`DIR` holds data that others published; none of it is part of this repository. What is missing is named and left out:

| in `DIR` | what | from |
|---|---|---|
| `dev/squad2_dev_articles.json` | SQuAD 2.0 development articles | github.com/chrischute/squad, CC BY-SA 4.0 |
| `dev/selqa_dev.json` | answer-sentence selection | github.com/emorynlp/selqa, Apache-2.0 |
| `dev/friendsqa_dev.json` | questions about many-speaker dialogue | github.com/emorynlp/FriendsQA, Apache-2.0 |
| `interviews/changelog-md/` | podcasts that questions are about | github.com/thechangelog/transcripts, CC BY-SA 4.0 |
| `interviews/usesthis-md/` | written ones | github.com/waferbaby/usesthis, CC BY-SA 4.0 |
| `scale/*.tar.gz` | the interviews that questions were written for | the two above |

"""
MEANING = {
    "questions": "questions",
    "passage_r1": "the right paragraph first (R@1)",
    "passage_r5": "the right paragraph in the first five (R@5)",
    "passage_mrr": "mean reciprocal rank of the right paragraph (MRR)",
    "sentence_hit1": "a right sentence ranked first (Success@1)",
    "sentence_hit3": "a right sentence in the first three (Success@3)",
    "sentence_mrr": "mean reciprocal rank of a right sentence (MRR)",
    "sentence_hit1_original": "… of the original questions",
    "sentence_hit1_paraphrase": "… of the paraphrased questions",
    "answerable_auroc": "answerable told from unanswerable (AUROC)",
    "resolved": "follow-ups taken rightly",
    "quotations": "quotations",
    "verdict": "verdict right",
    "verdict_and_changes": "verdict and changes right",
    "slowest_ms": "the slowest (ms)",
    "ask_ms_median": "one question, median (ms)",
    "encode_ms_median": "sentence-transformers' encode of it (ms)",
    "success_at_1": "right sentence quoted first",
    "success_at_3": "right sentence in the first three quoted",
    "first_quote": "right sentence in the first quote",
    "anywhere": "right sentence anywhere in the quotes",
    "mrr": "mean reciprocal rank of the right sentence quoted",
    "must_recall": "sentences of a complete answer that are quoted",
    "extra_sentences": "sentences quoted beyond the answer",
    "answerable_refused": "answerable questions refused",
    "unanswerable_answered": "unanswerable questions answered",
    "only_asked_told": "only asked by the interviewer, and told so",
    "auroc_with_only_asked": "answerable told from unanswerable or only asked (AUROC)",
    "ece": "expected calibration error",
    "off_topic_answered": "off-topic questions answered",
    "own_success_at_1": "the same put to their own interview: right sentence quoted first",
    "own_anywhere": "… right sentence anywhere in the quotes",
    "own_answerable_refused": "… refused",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One benchmark's part of the page."""

    title: str
    note: str
    results: Results


def machine() -> str:
    """Describe the machine: processor, cores, system, Python and the versions that matter."""
    packages = ("torch", "sentence-transformers", "onnxruntime", "faiss-cpu")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{_processor()}, {cores} cores used; {platform.system()}, Python {platform.python_version()}, {versions}"


def write(sections: Sequence[Section], day: str, missing: Sequence[str], folder: Path = FOLDER) -> None:
    """Write README.md and the plots into ``folder``."""
    parts = [INTRODUCTION, f"Measured on {day}, on this machine: {machine()}.\n\n"]
    parts += [f"Left out: {line}.\n" for line in missing]
    for section in sections:
        parts += ["\n", *_lines(section)]
        if section.results.reliability:
            image = f"reliability-{_slug(section.title)}.png"
            plot_reliability(section.results.reliability, section.title, folder / image)
            parts += [f"\n![confidence against the share that is right: {section.title}]({image})\n"]
    shown = [s for s in sections if any("sentence_hit1" in figures for figures in s.results.figures.values())]
    if shown:
        plot_sentences(shown, folder / "sentences.png")
        parts += ["\n## The right sentence first\n\n![the right sentence first, by benchmark](sentences.png)\n"]
    (folder / "README.md").write_text("".join(parts), encoding="utf-8")


def _lines(section: Section) -> Iterator[str]:
    of = section.results.figures
    names = [name for name in MEANING if any(name in figures for figures in of.values())]
    yield f"## {section.title}\n\n{section.note}\n\n"
    yield f"| | {' | '.join(of)} |\n|---|{'---|' * len(of)}\n"
    for name in names:
        cells = [_cell(name, figures) for figures in of.values()]
        yield f"| {MEANING[name]} | {' | '.join(cells)} |\n"


def _cell(name: str, figures: Mapping[str, float]) -> str:
    if name not in figures:
        return ""
    if name in ("questions", "quotations"):
        return f"{figures[name]:.0f}"
    return f"{figures[name]:.1f}" if "ms" in name.split("_") else f"{figures[name]:.3f}"


def plot_sentences(sections: Sequence[Section], path: Path) -> None:
    """Draw a group of bars for each benchmark, a bar for each system."""
    from matplotlib.figure import Figure

    systems = list(dict.fromkeys(system for section in sections for system in section.results.figures))
    figure = Figure(figsize=(2.2 + 1.9 * len(sections), 3.6), layout="constrained")
    axes = figure.subplots()
    width = 0.8 / len(systems)
    for number, system in enumerate(systems):
        heights = [section.results.figures.get(system, {}).get("sentence_hit1", 0.0) for section in sections]
        places = [i + (number - (len(systems) - 1) / 2) * width for i in range(len(sections))]
        bars = axes.bar(places, heights, width, label=system, color=COLOURS[number % len(COLOURS)])
        axes.bar_label(bars, fmt="%.2f", fontsize=7, padding=1)
    axes.set_xticks(range(len(sections)), [section.title for section in sections], fontsize=8)
    axes.set_ylim(0, 1)
    axes.set_ylabel("right sentence ranked first")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside upper center", ncols=len(systems), frameon=False, fontsize=8)
    figure.savefig(path, dpi=150)


def plot_reliability(table: Sequence[Bin], title: str, path: Path) -> None:
    """Draw the share that is right against confidence, with how many answers each bin holds."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.2, 3.8), layout="constrained")
    axes = figure.subplots()
    filled = [b for b in table if b.count]
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.plot([b.confidence for b in filled], [b.right for b in filled], marker="o", color=COLOURS[0])
    for b in filled:
        axes.annotate(str(b.count), (b.confidence, b.right), textcoords="offset points", xytext=(4, 5), fontsize=7)
    axes.set(xlim=(-0.02, 1.04), ylim=(-0.02, 1.08), xlabel="confidence", ylabel="share that is right", title=title)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=150)


# Okabe and Ito's colours, told apart by people who don't see all of them.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")


def _slug(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
