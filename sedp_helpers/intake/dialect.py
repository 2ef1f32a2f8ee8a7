"""The words and signs people type into a table, as plain data.

Why: every reader of cells (numbers, dates, ages, codes) must accept exactly the same forms. This
module only lists them; it parses nothing and holds no sentence for a reader.
"""

from __future__ import annotations

MINUS = "\u2212"
GROUP_SPACES = " \u00a0\u202f"
LONE_DASHES = frozenset({"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", MINUS})
RANGE_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014" + MINUS, "-"))
MISSING_WORDS = frozenset({"…", "...", "нет", "жок", "н/д", "n/a"})
SERVICE_MARKS = (  # what a spreadsheet writes in place of a lost value
    "[ЗНАЧЕНИЕ]", "[VALUE]", "#REF!", "#ССЫЛКА!", "#DIV/0!", "#ДЕЛ/0!", "#N/A", "#Н/Д", "#VALUE!",
    "#ЗНАЧ!", "#NAME?", "#ИМЯ?", "#####",
)

TRUE_WORDS = frozenset({"true", "1", "1.0", "ооба", "да", "yes"})
FALSE_WORDS = frozenset({"false", "0", "0.0", "жок", "нет", "no"})

MONEY_EXPONENTS = {"som": 0, "thousand_som": 3, "million_som": 6}

_FOLDED = str.maketrans(
    {"ө": "о", "ѳ": "о", "ү": "у", "ұ": "у", "ң": "н", "ӊ": "н", "ҥ": "н", "ё": "е"}
)

# Words are compared after fold_word, so one spelling stands for «мин», «миң» and «миӊ».
MULTIPLIERS = {
    **dict.fromkeys(("мин", "минг", "тыс", "тысяча", "тысячи", "тысяч", "thousand"), 3),
    **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов", "mln", "million"), 6),
    **dict.fromkeys(("млрд", "миллиард", "миллиарда", "миллиардов", "mlrd", "bln", "billion"), 9),
}

UNIT_WORDS = {
    "som": ("сом", "сому", "сома", "сомов", "с", "som", "soms", "kgs", "⃀"),
    "pct": ("%", "пайыз", "пайызы", "процент", "процента", "процентов", "проц", "percent", "pct"),
    "person": ("адам", "адамы", "киши", "жан", "жаран", "тургун", "чел", "человек", "человека",
               "жителей", "person", "persons", "people"),
    "household": ("уй чарба", "уй чарбасы", "уй-чарба", "чарба", "тутун", "короо", "хоз",
                  "хозяйство", "хозяйства", "хозяйств", "двор", "дворов", "household",
                  "households"),
    "family": ("уй-було", "семья", "семьи", "семей", "family", "families"),
    "unit": ("даана", "бирдик", "шт", "штук", "ед", "единица", "единицы", "единиц", "pcs",
             "unit", "units"),
    "place": ("орун", "мест", "место", "места", "place", "places"),
    "head": ("баш", "голова", "головы", "голов", "гол", "head", "heads"),
    "ha": ("га", "гектар", "гектара", "гектаров", "ha", "hectare", "hectares"),
    "t": ("т", "тонна", "тонны", "тонн", "t", "ton", "tons", "tonne", "tonnes"),
    "km": ("км", "километр", "километра", "километров", "чакырым", "km"),
    "kg": ("кг", "килограмм", "kg"),
}
KIND_OF_WORD = {word: kind for kind, words in UNIT_WORDS.items() for word in words}

_MONTH_NAMES = (
    ("январь", "января", "янв", "january", "jan"),
    ("февраль", "февраля", "фев", "февр", "february", "feb"),
    ("март", "марта", "мар", "march", "mar"),
    ("апрель", "апреля", "апр", "april", "apr"),
    ("май", "мая", "may"),
    ("июнь", "июня", "июн", "june", "jun"),
    ("июль", "июля", "июл", "july", "jul"),
    ("август", "августа", "авг", "august", "aug"),
    ("сентябрь", "сентября", "сен", "сент", "september", "sep", "sept"),
    ("октябрь", "октября", "окт", "october", "oct"),
    ("ноябрь", "ноября", "ноя", "нояб", "november", "nov"),
    ("декабрь", "декабря", "дек", "december", "dec"),
)
_POSSESSIVE_MONTHS = ("январы", "февралы", "марты", "апрели", "майы", "июну", "июлу", "августу",
                      "сентябры", "октябры", "ноябры", "декабры")
MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names}
MONTHS |= {name: month for month, name in enumerate(_POSSESSIVE_MONTHS, 1)}


def fold_word(word: str) -> str:
    """A word as it is typed without a Kyrgyz keyboard, in lower case and without its full stop.

    >>> fold_word("Миң"), fold_word("МИӊ"), fold_word("тыс.")
    ('мин', 'мин', 'тыс')
    """
    return word.lower().translate(_FOLDED).strip(". ")


def unit_kind(unit: str) -> str:
    """The family of words that fits a unit of the catalogue.

    >>> unit_kind("som_per_month"), unit_kind("thousand_som"), unit_kind("person")
    ('som', 'som', 'person')
    """
    if unit in MONEY_EXPONENTS or unit.startswith("som_per"):
        return "som"
    return "pct" if unit.startswith("pct") else unit
