"""Kyrgyz word forms: harmony on every kind of stem, possessives, numbers, and what is refused."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.errors import NotDerivable, SedpError
from sedp_helpers.language import adjective, inflect

CASES = ["gen", "dat", "acc", "loc", "abl"]
LOW = {"а": "аыяую", "о": "оё", "е": "еэи", "ө": "өү"}
HIGH = {"ы": "аыя", "у": "оёую", "и": "еэи", "ү": "өү"}
VOWELS = "аыяуюоёеэиөү"
VOICED = "бвгджзйлмнңр"
VOICELESS = "кпстфхцчшщ"
STEMS = [f"т{vowel}{last}" for vowel, last in itertools.product(VOWELS, ["", *VOICED, *VOICELESS])]

SPOKEN = {
    1: "бир", 2: "эки", 3: "үч", 4: "төрт", 5: "беш", 6: "алты", 7: "жети", 8: "сегиз",
    9: "тогуз", 10: "он", 20: "жыйырма", 30: "отуз", 40: "кырк", 50: "элүү", 60: "алтымыш",
    70: "жетимиш", 80: "сексен", 90: "токсон",
}  # fmt: skip


def spell(number: int) -> str:
    """A whole number in Kyrgyz words, written out left to right."""
    if number == 0:
        return "нөл"
    words = []
    for size, name in ((10**9, "миллиард"), (10**6, "миллион"), (1000, "миң"), (100, "жүз")):
        if number >= size:
            words += [spell(number // size), name]
            number %= size
    for size in (number // 10 * 10, number % 10):
        words += [SPOKEN[size]] if size else []
    return " ".join(words)


def pick(table: dict[str, str], vowel: str) -> str:
    return next(suffix for suffix, vowels in table.items() if vowel in vowels)


@pytest.mark.parametrize("stem", STEMS)
def test_every_vowel_and_consonant_takes_its_own_endings(stem):
    low, high = pick(LOW, stem[1]), pick(HIGH, stem[1])
    last = stem[-1]
    kind = 0 if last in VOWELS else 1 if last in VOICED else 2
    n, d, g = "ндт"[kind], "ддт"[kind], "ггк"[kind]
    plural = "л" if last in VOWELS + "рй" else "т" if last in VOICELESS else "д"
    assert inflect(stem, "gen") == f"{stem}{n}{high}н"
    assert inflect(stem, "dat") == f"{stem}{g}{low}"
    assert inflect(stem, "acc") == f"{stem}{n}{high}"
    assert inflect(stem, "loc") == f"{stem}{d}{low}"
    assert inflect(stem, "abl") == f"{stem}{d}{low}н"
    assert inflect(stem, "nom", plural=True) == f"{stem}{plural}{low}р"
    assert adjective(stem) == f"{stem}{d}{low}г{pick(HIGH, low)}"


@pytest.mark.parametrize("stem", STEMS)
def test_every_stem_takes_its_possessive_and_the_cases_after_it(stem):
    high = pick(HIGH, stem[1])
    low = pick(LOW, high)
    changed = stem[:-1] + {"к": "г", "п": "б"}.get(stem[-1], stem[-1])
    owned = changed + ("с" + high if stem[-1] in VOWELS else high)
    endings = {"nom": "", "gen": f"н{high}н", "dat": f"н{low}", "acc": "н"}
    endings |= {"loc": f"нд{low}", "abl": f"н{low}н"}
    for case, ending in endings.items():
        assert inflect(stem, case, possessive=True) == owned + ending


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1_000_000), st.sampled_from(CASES), st.booleans())
def test_digits_take_the_ending_of_the_number_read_aloud(number, case, possessive):
    spoken = spell(number)
    ending = inflect(spoken, case, possessive=possessive)[len(spoken) :]
    assert inflect(str(number), case, possessive=possessive) == f"{number}{ending}"
    grouped = f"{number:,}".replace(",", "\u202f")
    assert inflect(grouped, case, possessive=possessive) == f"{grouped}{ending}"


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.text("0123456789", min_size=1, max_size=6))
def test_decimals_are_read_as_a_whole_number(whole, fraction):
    spoken = spell(int(fraction))
    assert inflect(f"{whole},{fraction}", "dat")[-2:] == inflect(spoken, "dat")[-2:]


@settings(max_examples=100, deadline=None)
@given(st.text("абвгдеёжзийклмнңоөпрстуүфхцчшщыэюя", min_size=2, max_size=9))
def test_an_inflected_word_begins_with_its_stem(letters):
    word = "Та" + letters
    try:
        form = inflect(word, "loc")
    except NotDerivable:
        return
    assert form.startswith(word)
    assert inflect(word, "nom") == word


def test_numbers_of_any_size_are_read_by_their_last_words():
    assert inflect("1 000 000 000", "dat").endswith("га")
    assert inflect("2 000 000 000", "dat").endswith("га")
    assert inflect("3 000 000", "dat").endswith("го")
    assert inflect("1000000000000", "dat").endswith("го")
    assert inflect("2 000 000 000 000 000", "dat").endswith("го")
    assert inflect("2 828 673 881 297 959", "dat").endswith("га")


@pytest.mark.parametrize(
    ("typed", "case", "form"),
    [
        ("Кочкор району", "loc", "Кочкор районунда"),
        ("Мантыш айылы", "gen", "Мантыш айылынын"),
        ("Кыргыз Республикасы", "gen", "Кыргыз Республикасынын"),
        ("Министрлер Кабинети", "dat", "Министрлер Кабинетине"),
        ("айыл аймагы", "dat", "айыл аймагына"),
        ("социалдык-экономикалык өнүгүү программасы", "abl",
         "социалдык-экономикалык өнүгүү программасынан"),
        ("жумуш орду", "gen", "жумуш ордунун"),
        ("Улуттук статистика комитети", "dat", "Улуттук статистика комитетине"),
        ("социалдык камсыздоо жана миграция министрлиги", "loc",
         "социалдык камсыздоо жана миграция министрлигинде"),
        ("Кара-Буура дарыясы", "loc", "Кара-Буура дарыясында"),
        ("Мантыш айылынын клубу", "loc", "Мантыш айылынын клубунда"),
        ("Орток айылынын мугалимдери", "dat", "Орток айылынын мугалимдерине"),
        ("2024-жылы", "dat", "2024-жылына"),
        ("2025-жылдын 14-майы", "loc", "2025-жылдын 14-майында"),
        ("айыл өкмөтүнүн 10 кызматкери", "abl", "айыл өкмөтүнүн 10 кызматкеринен"),
        ("10 мүчөсү", "gen", "10 мүчөсүнүн"),
    ],
)  # fmt: skip
def test_a_word_that_carries_the_possessive_takes_the_endings_after_it(typed, case, form):
    assert inflect(typed, case) == form


@pytest.mark.parametrize(
    ("typed", "case", "form"),
    [
        ("Ат-Башы", "loc", "Ат-Башыда"),
        ("эмгек акы", "dat", "эмгек акыга"),
        ("айыл башчы", "gen", "айыл башчынын"),
        ("3 киши", "dat", "3 кишиге"),
        ("ири жылкы", "acc", "ири жылкыны"),
        ("2024-жыл", "loc", "2024-жылда"),
        ("коомдук угуу", "dat", "коомдук угууга"),
        ("Кызыл Кыя", "loc", "Кызыл Кыяда"),
    ],
)
def test_a_plain_word_is_not_taken_for_a_possessive(typed, case, form):
    assert inflect(typed, case) == form


def test_a_possessive_is_never_added_twice():
    assert inflect("Кочкор району", "dat", possessive=True) == "Кочкор районуна"
    assert inflect("Кочкор району", "nom", possessive=True) == "Кочкор району"


def test_compound_with_possessive_is_made_plural_below_it():
    assert inflect("айыл аймагы", "nom", plural=True) == "айыл аймактары"
    assert inflect("айыл аймак", "abl", plural=True) == "айыл аймактарынан"
    assert inflect("айыл өкмөтү", "nom", plural=True) == "айыл өкмөттөрү"
    assert inflect("жумуш орду", "nom", plural=True) == "жумуш орундары"
    assert inflect("жумуш орун", "nom", plural=True, possessive=True) == "жумуш орундары"


def test_a_heading_in_capitals_keeps_its_capitals():
    assert inflect("КАРА-СУУ АЙЫЛ АЙМАГЫ", "gen") == "КАРА-СУУ АЙЫЛ АЙМАГЫНЫН"
    assert inflect("КОЧКОР РАЙОНУ", "loc") == "КОЧКОР РАЙОНУНДА"


def test_irregular_words_come_from_the_lists():
    assert inflect("бала", "dat", plural=True) == "балдарга"
    assert inflect("бала", "gen", plural=True, possessive=True) == "балдарынын"
    assert inflect("ал", "dat") == "ага"
    assert inflect("ватт", "abl") == "ваттан"


def test_a_noun_after_a_number_stays_singular():
    assert inflect("12 130 адам", "dat", plural=True) == "12 130 адамга"
    assert inflect("11 айыл аймак", "gen", plural=True) == "11 айыл аймагынын"


@pytest.mark.parametrize(
    ("typed", "case", "form"),
    [("КТК", "dat", "КТКга"), ("ЖЧК", "gen", "ЖЧКнын"), ("КМШ", "loc", "КМШда"),
     ("БМжБ", "dat", "БМжБге"), ("КР", "gen", "КРдин")],
)  # fmt: skip
def test_an_abbreviation_without_a_vowel_is_read_by_its_letters(typed, case, form):
    assert inflect(typed, case) == form


def test_letters_of_an_abbreviation_never_change():
    assert inflect("БАП", "nom", possessive=True) == "БАПы"
    assert inflect("ЖӨБО", "nom", possessive=True) == "ЖӨБОсу"


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "Беловодское", "Московская", "Жайылский", "USAID", "Kочкор", "км", "350 га",
     "«Таза суу»", "Мантыш (айыл)", "—", "№", "тчк", "Мантыш.", "1/3"],
)  # fmt: skip
def test_what_cannot_be_derived_safely_is_refused(typed):
    for case in CASES:
        with pytest.raises(NotDerivable):
            inflect(typed, case)


def test_refusal_is_a_value_error_and_one_of_ours():
    assert issubclass(NotDerivable, ValueError) and issubclass(NotDerivable, SedpError)
    with pytest.raises(NotDerivable):
        inflect("айыл", "instrumental")
    with pytest.raises(NotDerivable):
        inflect("24", "dat", plural=True)


def test_russian_forms_come_only_from_the_list():
    assert inflect("Мантыш", "nom", lang="ru") == "Мантыш"
    assert inflect("айылный аймак Кара-Суу", "loc", lang="ru") == "айылном аймаке Кара-Суу"
    assert inflect("Кочкорский район", "gen", lang="ru") == "Кочкорского района"
    assert inflect("айылный аймак", "gen", plural=True, lang="ru") == "айылных аймаков"
    for case in ("gen", "abl"):
        with pytest.raises(NotDerivable):
            inflect("Мантыш", case, lang="ru")


def test_english_has_only_the_word_itself():
    assert inflect("Mantysh village", "nom", lang="en") == "Mantysh village"
    with pytest.raises(NotDerivable):
        inflect("village", "nom", plural=True, lang="en")


def test_decomposed_letters_are_read_as_one():
    assert inflect("Чүи\u0306", "dat") == "Чүйгө"


@pytest.mark.parametrize("text", ["12 13", "1 2345", "%", "абв %"])
def test_broken_groups_and_a_percent_sign_without_a_number_are_refused(text: str) -> None:
    with pytest.raises(NotDerivable):
        inflect(text, "dat")
