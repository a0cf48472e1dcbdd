"""One look for all figures, and the one way a lesson shows a figure."""

import base64
import html
import io

import matplotlib.pyplot as plt
import seaborn as sns
from IPython.display import HTML, display

GATE_CMAP = "mako"  # 0 … 1; lightness is monotone, also under simulated colour-blindness
STATE_CMAP = "RdBu_r"  # signed values; always with limits symmetric about zero
PALETTE = sns.color_palette("colorblind")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
MARKERS = ("o", "s", "^", "D", "v", "P")
KINDS = {"RNN": 0, "LSTM": 1, "GRU": 2, "n-gram": 3, "Kneser-Ney": 3}  # kinds of model: their look in every figure


def use_style() -> None:
    """Set the course's look for every figure that follows: white ground, thin grid, colours that all can tell apart."""
    sns.set_theme(style="whitegrid", palette="colorblind", context="notebook", font_scale=0.95)
    plt.rcParams.update(
        {
            "figure.figsize": (7.5, 3.8),
            "figure.dpi": 100,
            "figure.facecolor": "white",  # opaque, so that axes stay readable on a dark page
            "figure.constrained_layout.use": True,
            "axes.titlelocation": "left",
            "axes.titleweight": "bold",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "legend.frameon": False,
            "lines.linewidth": 2.0,
            "svg.hashsalt": "course",
        }
    )


def line_style(number: int) -> dict:
    """Colour, dash and marker of the nth line of a figure: no two lines differ by colour alone.

    >>> line_style(0)["linestyle"], line_style(1)["marker"]
    ('-', 's')
    """
    return {
        "color": PALETTE[number % len(PALETTE)],
        "linestyle": DASHES[number % len(DASHES)],
        "marker": MARKERS[number % len(MARKERS)],
    }


def line_styles(names) -> list[dict]:
    """A look for each line of one figure; a kind of model keeps its look in every figure of the course.

    The first line whose name begins with a kind (`KINDS`) has the look of that kind. Other lines have the next free
    looks; where a kind is there at all, first those that belong to none.

    Args:
        names: names of the lines, in order.

    Returns:
        one `line_style` per name.

    >>> line_styles(["perplexity", "LSTM, 32 units"]) == [line_style(4), line_style(1)]
    True
    >>> line_styles(["perplexity", "accuracy"]) == [line_style(0), line_style(1)]
    True
    """
    kinds = [next((number for kind, number in KINDS.items() if name.startswith(kind)), None) for name in names]
    start = 0 if set(kinds) <= {None} else 1 + max(KINDS.values())
    order = [*range(start, len(MARKERS)), *range(start), *range(len(MARKERS), len(MARKERS) + len(kinds))]
    free = iter([number for number in order if number not in kinds])
    own = [kind is not None and kind not in kinds[:place] for place, kind in enumerate(kinds)]
    return [line_style(kind if mine else next(free)) for kind, mine in zip(kinds, own, strict=True)]


def figure_html(figure, alt: str, caption: str = "") -> str:
    """The figure as one HTML element with its alternative text; its picture is inside, no file beside it.

    Notebooks drop the alternative text of a plain picture output; inside an HTML figure it survives in JupyterLab,
    Notebook, nbconvert and Sphinx.

    Raises:
        ValueError: the alternative text is empty; a reader who cannot see the figure has nothing else.
    """
    if not alt.strip():
        raise ValueError("expected a sentence that says what the figure shows, got an empty alt text")
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=100, metadata={"Software": None})
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    image = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{data}" style="max-width:100%;height:auto">'
    return f"<figure>{image}<figcaption>{html.escape(caption)}</figcaption></figure>"


def show(figure, alt: str, caption: str = "") -> None:
    """Display a figure with its alternative text, and close it.

    Args:
        figure: a matplotlib figure.
        alt: one or two sentences that say what is to be seen, for readers who cannot see it.
        caption: printed below the figure.
    """
    display(HTML(figure_html(figure, alt, caption)))
    plt.close(figure)
