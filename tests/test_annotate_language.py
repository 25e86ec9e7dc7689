"""The language of an article: given, by script, by small words, or unknown."""

import pytest

from newsgen.annotate.language import annotate, read_tag
from newsgen.model import Given
from plain_articles import article_of


def language_of(*words, **options):
    return annotate(article_of("", *words, **options)).language


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        pytest.param("The mayor said that the bridge would be open to the public in May.", "en"),
        pytest.param(
            "El alcalde dijo que el puente de la ciudad está abierto para los vecinos.", "es"
        ),
        pytest.param("Le maire a dit que le pont de la ville est ouvert pour les habitants.", "fr"),
        pytest.param("Der Bürgermeister sagte, dass die Brücke in der Stadt wieder auf ist.", "de"),
        pytest.param(
            "Il sindaco ha detto che il ponte della città è aperto per gli abitanti.", "it"
        ),
        pytest.param(
            "O prefeito disse que a ponte da cidade não está aberta para os barcos.", "pt"
        ),
        pytest.param(
            "De burgemeester zei dat de brug in het centrum weer open is voor fietsers.", "nl"
        ),
        pytest.param(
            "Burmistrz powiedział, że most nie jest jeszcze otwarty, ale to już w maju.", "pl"
        ),
        pytest.param(
            "Borgmästaren sade att bron inte är öppen för bilar, men att den är det i maj.", "sv"
        ),
        pytest.param(
            "Jembatan tersebut bisa dibuka untuk warga karena dari kota telah usai, kata mereka.",
            "id",
        ),
        pytest.param(
            "Belediye başkanı köprünün daha sonra bir hafta için açık olduğunu ve bu yıl", "tr"
        ),
        pytest.param("Magajin garin ya ce za a bude gadar a cikin wannan wata kuma da safe.", "ha"),
        pytest.param(
            "Мэр сказал, что мост уже открыт для всех и что это было сделано по плану.", "ru"
        ),
        pytest.param("Мер сказав, що міст вже відкрито для всіх, але це було не за планом.", "uk"),
        pytest.param(
            "وقال رئيس البلدية إن الجسر الذي تم بناؤه في المدينة مفتوح إلى الناس من هذا اليوم", "ar"
        ),
        pytest.param("شهردار گفت که این پل در شهر برای مردم باز شده است و تا شب باز می ماند", "fa"),
        pytest.param("महापौर ने कहा कि यह पुल शहर के लोगों के लिए खुला है और कल भी खुला था", "hi"),
        pytest.param("ከንቲባው ድልድዩ ክፍት ነው ብለዋል እና ይህ ነገር በከተማው ላይ ነበር", "am"),
        pytest.param("ከንቲባ እቲ ድልድል ኣብ ከተማ ክፉት እዩ ኢሉ ድማ ናይ ህዝቢ እዩ", "ti"),
        pytest.param("市長は橋が開通したと述べた。", "ja"),
        pytest.param("市长说大桥已经通车，市民可以步行过桥。", "zh"),
        pytest.param("시장은 다리가 개통되었다고 말했다.", "ko"),
        pytest.param("Ο δήμαρχος είπε ότι η γέφυρα άνοιξε.", "el"),
        pytest.param("ראש העיר אמר שהגשר נפתח לציבור.", "he"),
        pytest.param("นายกเทศมนตรีกล่าวว่าสะพานเปิดแล้ว", "th"),
        pytest.param("মেয়র বলেছেন সেতুটি খুলে দেওয়া হয়েছে।", "bn"),
    ],
)
def test_a_language_shows_in_its_script_and_small_words(words, tag):
    assert language_of(words).value == tag


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("", id="empty"),
        pytest.param("Port reopens", id="too-short"),
        pytest.param("Zxq plomf gratz wib foon snerg dalp munt orvi klee.", id="no-language"),
        pytest.param("橋", id="one-letter"),
        pytest.param("абв гдежз иклмн опрст уфхц", id="cyrillic-without-words"),
    ],
)
def test_a_text_that_does_not_tell_has_no_language(words):
    assert language_of(words) is None


def test_ethiopic_letters_without_known_words_are_an_unsure_guess():
    assert language_of("ከንቲባው ድልድዩን ከፈተ። ከተማዋ ደስ አላት።").confidence == 0.5


def test_ethiopic_letters_that_only_tigrinya_uses_much_say_so():
    found = language_of("ኣኣኣ ኣመሪካዊት ጋዜጠኛ ኣፍሪቃዊት")
    assert (found.value, found.rule) == ("ti", "script")


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        pytest.param("Мэр открыл мост, рабочий выпил чай, щука уплыла.", "ru", id="ru"),
        pytest.param("Її міст відкрили, її їжа є.", "uk", id="uk"),
        pytest.param("Ў горадзе быў мост, ён доўгі.", "be", id="be"),
    ],
)
def test_letters_that_only_one_language_has_name_it_in_a_short_text(words, tag):
    found = language_of(words)
    assert (found.value, found.rule) == (tag, "letters")


def test_letters_that_no_known_language_has_leave_it_unknown():
    assert language_of("Шәһәр күпере ачылды, кунаклар күп иде, барысы да шатланды.") is None


def test_a_few_foreign_letters_do_not_change_the_language():
    words = (
        "The mayor of 北京 said that the bridge would be open to the public and to boats in May."
    )
    assert language_of(words).value == "en"


def test_two_mixed_scripts_prove_nothing():
    assert language_of("αβγδε ζηθικ ქართული ენა თბილისი αβγδε") is None


def test_what_is_given_wins():
    found = language_of("The mayor said that it was open.", given=Given(language="pt_BR"))
    assert (found.value, found.rule, found.confidence) == ("pt-BR", "given", 1.0)


def test_a_given_language_that_is_none_is_passed_over():
    found = language_of("The mayor said that the bridge would be open.", given=Given(language="??"))
    assert (found.value, found.rule) == ("en", "function-words")


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN-us", "en-US"),
        ("en_GB.UTF-8", "en-GB"),
        ("eng", "en"),
        ("English", "en"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("not a language", None),
    ],
)
def test_tags_are_read_as_people_write_them(written, tag):
    assert read_tag(written) == tag


def test_the_headline_and_captions_help_where_there_is_little_body():
    article = article_of(
        "The bridge that was closed is open", ("caption", "A view of the bridge from the port")
    )
    assert annotate(article).language.value == "en"


def test_only_the_beginning_of_a_long_body_is_read():
    article = article_of(
        "x", "the mayor and the bridge of the town " * 200, "мэр и мост в городе " * 900
    )
    assert annotate(article).language.value == "en"
