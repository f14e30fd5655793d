"""Careful words in the languages of the crisis cards: what must be caught, ordinary days, and words that look alike.

Every list is asked for every message, so an ordinary day in one language goes through all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.domain import careful, crisis
from bot.domain.careful import Level

RED = {
    "en": (
        "I don't want to live",
        "She wants to die.",
        "I just wanna die",
        "I want to end it",
        "He tried to hang himself",
        "I don't want to be here any more",
        "She cut her arms again",
        "He bangs his head on the wall",
        "My husband hits me",
        "Her father touched her",
        "He was molested by a neighbour",
        "I'm afraid I will hurt my baby",
        "I shook the baby",
        "He has bruises on his back",
        "She is unconscious",
        "There is so much blood",
        "He burned his hand badly",
        "A seizure of five minutes today",
        "HE CAN'T BREATHE",
        "She turned blue",
        "He swallowed a battery",
        "She drank bleach",
        "There is a gun in the house",
        "He has a knife",
        "We cannot find him",
        "She's missing since this morning",
    ),
    "de": (
        "Sie will sich etwas antun",
        "Ich habe Angst, dass ich ihm etwas antue",
        "Ihr Vater hat sie angefasst",
        "überall Blut",
        "Sie hat Bleichmittel getrunken",
        "Er hat ein Messer",
        "Wir finden ihn nicht",
        "Ich will nicht mehr leben",
        "Er hat gesagt, er möchte sterben.",
        "Sie will sich umbringen",
        "Ich bringe ihn noch um!",
        "Er wollte aus dem Fenster springen",
        "Sie ritzt sich wieder am Arm",
        "Er schlägt den Kopf gegen die Wand",
        "Mein Mann schlägt mich",
        "Ihr Vater hat sie geschlagen",
        "Der Onkel hat ihn unten angefasst",
        "Sie hat Angst vor ihrem Papa",
        "Er hat blaue Flecken am Rücken",
        "Ich habe das Baby geschüttelt",
        "Sie ist bewusstlos, der Notarzt kommt",
        "ER BLUTET STARK",
        "Heute ein Krampfanfall von fünf Minuten",
        "Er atmet nicht richtig",
        "Sie bekommt ganz schlecht Luft",
        "Er hat eine Knopfzelle verschluckt",
        "Sie hat Gift getrunken",
        "Er ging mit dem Messer auf mich los",
        "Unser Sohn ist weg",
        "Wir können ihn nirgends finden, er ist verschwunden",
        "Wir wissen nicht, wo sie ist",
        "mein mann hat die kinder missbraucht",
        "er wuerde sterben wollen, sagt er, und sich toeten",
    ),
    "es": (
        "Su padre la tocó",
        "Sacudí al bebé",
        "Tengo miedo de hacerle daño",
        "No quiero vivir más",
        "Dice que se quiere morir",
        "Me quiero matar",
        "Intentó suicidarse",
        "Quiere tirarse por la ventana",
        "Se corta los brazos",
        "Se golpea la cabeza contra la pared",
        "Mi marido me pega",
        "Su papá le pegó muy fuerte",
        "El tío le tocó sus partes",
        "Tiene miedo de su padrastro",
        "Tiene moretones en la espalda",
        "Nos amenazó otra vez",
        "Se desmayó y no reacciona",
        "Le sale mucha sangre",
        "Tuvo una convulsión",
        "NO PUEDE RESPIRAR",
        "se puso morado",
        "Se tragó una pila",
        "Tomó demasiadas pastillas",
        "Sacó un cuchillo",
        "Tiene un arma en casa",
        "Mi hija desapareció",
        "No lo encontramos",
        "No sabemos dónde está",
        "sufrimos violencia en casa",
    ),
    "pt": (
        "O pai dela tocou nela",
        "Sacudi o bebê",
        "Tenho medo de machucar ele",
        "Não o encontramos",
        "Não quero mais viver",
        "Ela disse que quer morrer",
        "Ele falou que vai se matar",
        "Tentou suicídio",
        "Queria pular da janela",
        "Ela se corta",
        "Ele bate a cabeça na parede",
        "Meu marido me bateu",
        "O pai deu um soco nele",
        "O tio passou a mão nas partes dela",
        "Ela tem medo do padrasto",
        "Está com marcas roxas nas costas",
        "Ele me ameaçou",
        "Ele desmaiou",
        "Está saindo muito sangue",
        "Teve uma convulsão hoje",
        "ELE NÃO CONSEGUE RESPIRAR",
        "Ficou roxo e engasgou",
        "Engoliu uma pilha",
        "Bebeu água sanitária",
        "Ele tem uma arma",
        "Ele pegou a faca e veio para cima de mim",
        "Meu filho sumiu",
        "Nao encontramos ela",
        "Não sei onde ele está",
        "sofremos abuso",
    ),
    "uk": (
        "Батько її чіпав",
        "Боюся йому нашкодити",
        "У нього ніж",
        "Я не хочу більше жити",
        "Він сказав, що хоче померти",
        "Вона хоче себе вбити",
        "Думаю про самогубство",
        "Хотів вистрибнути з вікна",
        "Вона ріже собі руки",
        "Б'ється головою об стіну",
        "Чоловік мене б’є",
        "Батько вдарив сина",
        "Дядько чіпав її за інтимні місця",
        "Вона боїться свого вітчима",
        "У нього синці на спині",
        "Він погрожує нам",
        "Вона знепритомніла",
        "У нього кров з голови",
        "Сьогодні були судоми",
        "ВІН НЕ ДИХАЄ",
        "Вона задихається і посиніла",
        "Проковтнув батарейку",
        "Він отруївся",
        "Кинувся на мене з ножем",
        "У нього пістолет",
        "Наша дитина зникла",
        "Не можемо його знайти",
        "Не знаю, де він",
        "вдома насильство",
    ),
}
AMBER = {
    "en": (
        "I can't take it any more",
        "Should he take less medicine?",
        "He stopped talking",
        "She ran away",
    ),
    "de": (
        "Ich kann nicht mehr",
        "Wir sind am Ende unserer Kräfte und überfordert",
        "Er spricht gar nicht mehr",
        "Soll ich die Dosis ändern?",
        "Die Kita hat ihn nach Hause geschickt",
        "Er ist wieder weggelaufen",
    ),
    "es": (
        "Ya no puedo más",
        "Estoy desesperada",
        "Dejó de hablar",
        "¿Le doy menos medicina?",
        "Lo expulsaron de la escuela",
        "Se escapó del parque",
    ),
    "pt": (
        "Não aguento mais",
        "Estou exausta",
        "Parou de falar",
        "Posso mudar a dose do remédio?",
        "Mandaram ele para casa",
        "Ele fugiu do parque",
    ),
    "uk": (
        "Я більше не можу",
        "Немає сил",
        "Перестав говорити",
        "Чи можна дати менше ліків?",
        "Його вигнали з садочка",
        "Він утік з майданчика",
    ),
}
CALM = {
    "en": (
        "He didn't want to be here today, then he played.",
        "She hung her coat up herself.",
        "Grandpa touched the wet paint and he laughed.",
        "He cut out the arms of the paper man.",
        "She misses her dad.",
        "We want to end the day with a song.",
        "He was worried about the new bus.",
        "We found the missing piece of the puzzle.",
    ),
    "de": (
        "Ich finde ihn nicht so müde wie sonst.",
        "Sie hat die neue Jacke gern angefasst.",
        "Was er heute antrifft, freut ihn.",
        "Heute war ein guter Tag.",
        "Ich bringe ihn um acht ins Bett.",
        "Der Kopf tut ihm ein bisschen weh.",
        "Das Brot schneidet er mit dem Messer.",
        "Er vermisst seinen Papa.",
        "Sie hat das Bild total schön gemalt.",
        "Beim Anziehen kein Wutanfall, alle waren gelassen.",
        "Er hat drei neue Wörter gesagt!",
        "Oma kam zum Essen, wir haben Kuchen gebacken.",
        "Schlafen klappt gut, er wacht nicht mehr so oft auf.",
        "Wir haben Dosen gestapelt und ihn an der Schule abgesetzt.",
        "Die Jacke will sie selbst aufhängen.",
    ),
    "es": (
        "El perro la tocó con la pata.",
        "Sacudió la alfombra conmigo.",
        "Hoy fue un buen día.",
        "Le molesta el ruido de la calle.",
        "Arma torres y rompecabezas.",
        "¡Qué lástima que llovió!",
        "Durmió bien y comió toda la sopa.",
        "Dijo dos palabras nuevas.",
        "Corta el pan con cuchillo.",
        "Pegó las estampas en el cuaderno.",
        "Jugó con sus primos en el parque.",
        "No se despierta por la noche.",
        "Desaparecieron las rabietas.",
        "Me mordió en el brazo cuando jugaba.",
    ),
    "pt": (
        "O pai tocou violão.",
        "Tem medo de trovão.",
        "Não a vi cansada.",
        "Hoje foi um bom dia.",
        "Ele pegou o brinquedo e dividiu com a irmã.",
        "Brincou no mato com o avô.",
        "Comeu uma bala depois do almoço.",
        "Eu tiro a fralda dele de manhã.",
        "Pega a mamadeira do bebê sozinho.",
        "Ficou mais agitado, mas dormiu bem.",
        "Bateu na porta e esperou.",
        "Pintou o desenho de roxo.",
        "Falou três palavras novas.",
        "Ele me mordeu de brincadeira.",
        "Jogou a bola pela janela e riu.",
    ),
    "uk": (
        "Батько грав з ним у м'яча.",
        "Боюся, що забуду вправу.",
        "Сьогодні був гарний день.",
        "Насилу заснув, але спав добре.",
        "Він дуже швидка дитина.",
        "Сказав два нові слова.",
        "Гралися з м'ячем у парку.",
        "Сам повісив куртку.",
        "Їв суп ложкою, хліб різали разом.",
        "Не прокидається вночі.",
        "Бабуся приїхала, пекли пиріг.",
        "Малювали синій будинок.",
        "Їсть з ножем і виделкою.",
        "Пішли до школи без сліз.",
    ),
}
ALIKE = (
    "He loves escape games.",  # Spanish: running away
    "We wrapped a birthday gift for her.",  # German: poison
    "My little tot carried the tote bag.",  # German: dead, kill
    "She will die Puppe anziehen.",  # English: die
    "He ate once and sat on the mat with his mate.",  # Spanish: kill
    "La abuela comió pan y tomó café.",
    "O menino arma a barraca.",  # Spanish: a weapon
    "Das ist Rat von der Tante, sie war nett.",
    "Er fand den Gang mit Bolzen und Band toll.",
    "Sin prisa, con calma, de la mano.",
    "A missa foi bonita e a festa também.",
    "No, Ana no come carne.",
    "Eu vou para casa com a mala.",
)


def pairs(said: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in said.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), pairs(RED))
def test_red(language: str, text: str) -> None:
    found = careful.look(text)
    assert found is not None
    assert found.level is Level.RED


@pytest.mark.parametrize(("language", "text"), pairs(AMBER))
def test_amber(language: str, text: str) -> None:
    found = careful.look(text)
    assert found is not None
    assert found.level is Level.AMBER


@pytest.mark.parametrize(("language", "text"), pairs(CALM))
def test_an_ordinary_day_goes_through_every_list(language: str, text: str) -> None:
    assert careful.look(text) is None


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_looks_like_danger_in_another_language_goes_through(text: str) -> None:
    assert careful.look(text) is None


@pytest.fixture(params=RED)
def alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """As if there were the list of that language, and no other."""
    language, every = str(request.param), careful.load()
    with monkeypatch.context() as patched:
        patched.setattr(careful, "load", lambda: {language: every[language]})
        careful._lines.cache_clear()
        yield language
    careful._lines.cache_clear()


def test_each_list_catches_its_own_language_by_itself(alone: str) -> None:
    """Nothing here is caught only because another list has a word like it."""
    assert [text for text in (*RED[alone], *AMBER[alone]) if careful.look(text) is None] == []


def test_every_language_of_a_crisis_card_that_has_sentences_here_has_a_list_with_every_topic() -> None:
    lists = careful.load()
    topics = {(one.level, one.topic) for one in lists["en"].groups}
    assert lists.keys() == RED.keys()
    assert {"DE", "AT", "ES", "MX", "BR", "UA"} <= crisis.load().keys()
    for one in lists.values():
        assert {(group.level, group.topic) for group in one.groups} == topics, one.language
        assert len(RED[one.language]) >= 20


def test_a_list_has_only_words_that_a_message_can_have() -> None:
    """A hyphen ends a word, so a word with one would never be found."""
    for one in careful.load().values():
        for line in (line for group in one.groups for line in group.words):
            words = [word for part in line.split() for word in part.split("|") if part != "~"]
            assert all(re.fullmatch(r"[^\W_]([^\W_]|['’*])*", word) for word in words), (one.language, line)
