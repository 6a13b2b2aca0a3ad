"""Values of personal data and near misses, in sentences. All are drawn by lot or made of common words."""
import collections
import datetime

Item = collections.namedtuple("Item", "kind valid text expected author")

FIRST = """Aino Antti Eero Elina Emma Esa Hanna Heikki Helena Ilkka Jaakko Janne Jari Johanna Juha Jukka Kaisa Kari Katja Kirsi
Laura Lauri Leena Liisa Maija Marja Markku Markus Matti Mika Mikko Minna Niina Olli Outi Pasi Pekka Petri Päivi Riikka Risto
Sami Sanna Satu Seppo Sini Tapio Tarja Teemu Tiina Timo Tuomas Tuula Veikko Ville Virve Ella Oskar Erik Björn""".split()
LAST = """Virtanen Korhonen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Lehtinen Saarinen
Salminen Heinonen Niemi Heikkilä Kinnunen Salonen Turunen Salo Laitinen Tuominen Rantanen Karjalainen Jokinen Mattila
Savolainen Lahtinen Ahonen Ojala Kallio Mäki Lahti Rinne Lehto Koski Vainio Aalto Hirvonen Lindström Andersson Nyman""".split()
ENGLISH_FIRST = "James Emily Oliver Sophie Daniel Charlotte Thomas Rebecca Andrew Megan Peter Susan Michael Karen Brian".split()
ENGLISH_LAST = "Smith Johnson Taylor Walker Wright Thompson Baker Carter Hughes Murray Bennett Foster Chapman".split()
CITIES = """Helsinki Espoo Tampere Vantaa Oulu Turku Jyväskylä Lahti Kuopio Pori Kouvola Joensuu Vaasa Rovaniemi Seinäjoki
Kotka Hyvinkää Lappeenranta Mikkeli Porvoo""".split()

# Sentences with a place for a value: whatever stands there, the sentence itself holds nothing personal.
PLAIN = ["Tässä tiedot: {}.", "Numero on {}", "{} on se mitä kysyitte.", "Laitoin lomakkeelle {} ja odotan vastausta.",
         "Lasku tuli väärin ({}), korjatkaa.", "Eilen annoin tiedoksi {}, mitään ei kuulu!", "Miksi {} ei kelpaa?",
         "Ongelma on edelleen sama. Tieto: {}", "Here it is: {}.", "I already gave you {} twice.",
         "Your form refuses {} every time, why?", "Please check {}, thanks!", "Det gäller {}.", "\"{}\" ei löydy järjestelmästä",
         "Tieto:{}", "Kirjasin sen näin:{}, eikö riitä?", "- {}\n- ei vieläkään vastausta", "<{}>", "*{}*", "'{}'", "{}... ei toimi",
         "Onko {}? Vai joku muu?", "vanha/uusi: {}", "Se meni \u201d{}\u201d kai", "[{}]", "Asia\t{}\tkesken",
         "Tieto: {}; tilanne sama kuin viime viikolla", "Vanha tieto\n{}\non väärin."]


def digits(rand, n):
    return "".join(rand.choice("0123456789") for _ in range(n))


def day(rand, first=1900, last=2009):
    start = datetime.date(first, 1, 1).toordinal()
    return datetime.date.fromordinal(rand.randint(start, datetime.date(last, 12, 31).toordinal()))


# --- personal identity codes ---

HETU_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def hetu_of(rand, date, sign, number):
    birthday = date if isinstance(date, str) else date.strftime("%d%m%y")
    return birthday, sign, "%03d" % number, HETU_CHECKS[int("%s%03d" % (birthday, number)) % 31]


def hetu(rand):
    date = day(rand, 1880, 2025)
    sign = rand.choice("+" if date.year < 1900 else "-YXWVU" if date.year < 2000 else "ABCDEF")
    code = "".join(hetu_of(rand, date, sign, rand.randint(2, 999)))
    return code.lower() if rand.random() < 0.15 else code


def hetu_miss(rand):
    date, fault = day(rand), rand.randrange(5)
    birthday, sign, number, check = hetu_of(rand, date, rand.choice("-AYB"), rand.randint(2, 899))
    if fault == 0:
        check = HETU_CHECKS[(HETU_CHECKS.index(check) + rand.randint(1, 30)) % 31]
    elif fault == 1:  # a day that its month has not
        wrong = rand.choice(["3002", "3102", "3104", "3106", "3109", "3111", "3213", "0013", "1500", "0099"]) + digits(rand, 2)
        birthday, sign, number, check = hetu_of(rand, wrong, sign, int(number))
    elif fault == 2:
        sign = rand.choice("GHJKZ*/")
    elif fault == 3:
        birthday, sign, number, check = hetu_of(rand, date, sign, rand.randint(0, 1))
    else:
        check += rand.choice("0123456789")
    return birthday + sign + number + check


# --- accounts, cards, companies ---

IBANS = {"FI": 14, "SE": 20, "EE": 16, "DE": 18, "NO": 11, "DK": 14}


def iban_digits(country, account):
    number = int("".join(str(int(c, 36)) for c in account + country + "00"))
    return "%s%02d%s" % (country, 98 - number % 97, account)


def grouped(rand, text):
    style = rand.random()
    if style < 0.5:
        return " ".join(text[i:i + 4] for i in range(0, len(text), 4))
    return text.lower() if style > 0.95 else text


def iban(rand):
    country = rand.choice(["FI"] * 6 + list(IBANS))
    if rand.random() < 0.05:
        return grouped(rand, iban_digits("GB", "".join(rand.choice("ABCDEFGHIJ") for _ in range(4)) + digits(rand, 14)))
    return grouped(rand, iban_digits(country, digits(rand, IBANS[country])))


def iban_miss(rand):
    good, fault = iban_digits("FI", digits(rand, 14)), rand.randrange(4)
    if fault == 0:
        good = good[:2] + "%02d" % ((int(good[2:4]) + rand.randint(1, 96)) % 97) + good[4:]
    elif fault == 1:
        at = rand.randrange(4, 18)
        good = good[:at] + str((int(good[at]) + rand.randint(1, 9)) % 10) + good[at + 1:]
    elif fault == 2:
        good = iban_digits("FI", digits(rand, rand.choice([12, 13, 15])))
    else:
        good = iban_digits(rand.choice(["XX", "QQ", "ZZ"]), digits(rand, 14))
    return grouped(rand, good)


def luhn(body):
    total = 0
    for i, c in enumerate(reversed(body)):
        d = int(c) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return str(-total % 10)


def card_groups(rand, number):
    style = rand.random()
    if len(number) == 15 and style < 0.6:
        return "%s %s %s" % (number[:4], number[4:10], number[10:])
    if style < 0.8 and len(number) == 16:
        return rand.choice(" -").join(number[i:i + 4] for i in range(0, 16, 4))
    return number


def card(rand):
    head, length = rand.choice([("4", 16), ("4", 16), ("51", 16), ("54", 16), ("2223", 16), ("37", 15), ("6011", 16)])
    body = head + digits(rand, length - 1 - len(head))
    return card_groups(rand, body + luhn(body))


def card_miss(rand):
    if rand.random() < 0.7:
        body = rand.choice(["4", "51", "54", "37"])
        body += digits(rand, (14 if body == "37" else 15) - len(body))
        return card_groups(rand, body + str((int(luhn(body)) + rand.randint(1, 9)) % 10))
    body = rand.choice(["7", "8", "9", "11"]) + digits(rand, 14)
    body = body[:15]
    return card_groups(rand, body + luhn(body))


def business_check(body):
    rest = sum(w * int(c) for w, c in zip((7, 9, 10, 5, 8, 4, 2), body)) % 11
    return None if rest == 1 else str(11 - rest if rest else 0)


def business(rand):
    body = check = None
    while check is None:
        body = rand.choice("0123") + digits(rand, 6)
        check = business_check(body)
    return "FI" + body + check if rand.random() < 0.25 else body + "-" + check


def business_miss(rand):
    body = rand.choice("0123") + digits(rand, 6)
    check = business_check(body)
    wrong = rand.choice([c for c in "0123456789" if c != check])
    style = rand.random()
    if style < 0.6:
        return body + "-" + wrong
    return body + "-" + digits(rand, 2) if style < 0.8 else body[:6] + "-" + digits(rand, 1)


# --- telephones ---

def split(rand, number, styles):
    style, parts, at = rand.choice(styles), [], 0
    for n in style:
        parts.append(number[at:at + n])
        at += n
    return " ".join(p for p in parts + [number[at:]] if p)


def phone(rand):
    kind = rand.random()
    rest = rand.choice("23456789") + digits(rand, 6)
    mobile = rand.choice(["40", "41", "44", "45", "46", "50"])
    if kind < 0.35:
        return "0" + mobile + rand.choice(["", " ", "-"]) + rest if rand.random() < 0.5 else \
            "0" + mobile + " " + split(rand, rest, [(3, 4), (3, 2, 2), (4, 3)])
    if kind < 0.6:
        plus = rand.choice(["+358", "+358 ", "+358 (0)", "00358 ", "00358"])
        return plus + mobile + rand.choice(["", " "]) + rand.choice([rest, split(rand, rest, [(3, 4), (3, 2, 2)])])
    if kind < 0.8:
        area = rand.choice(["09", "02", "03", "08", "013", "014", "015", "017", "019"])
        rest = rand.choice("23456789") + digits(rand, 5)
        form = rand.choice(["%s %s", "(%s) %s", "%s-%s"])
        return form % (area, rest if rand.random() < 0.5 else rest[:3] + " " + rest[3:])
    return rand.choice([
        lambda: "+46 7%s %s %s %s" % (rand.choice("0236"), digits(rand, 3), digits(rand, 2), digits(rand, 2)),
        lambda: "+372 5%s %s" % (digits(rand, 3), digits(rand, 4)),
        lambda: "+44 20 7%s %s" % (digits(rand, 3), digits(rand, 4)),
        lambda: "+1 2%s-5%s-%s" % (digits(rand, 2), digits(rand, 2), digits(rand, 4)),
        lambda: "+49 30 %s" % (rand.choice("123456789") + digits(rand, 7)),
        lambda: "+47 9%s %s %s" % (digits(rand, 2), digits(rand, 2), digits(rand, 3))])()


def product(rand):
    letters = "".join(rand.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(rand.randint(1, 2)))
    return rand.choice(["%s%s" % (letters, digits(rand, rand.randint(3, 5))), "%s-%s%s" % (letters, rand.choice("0A"), digits(rand, 4)),
                        "%s%s/%s" % (letters, digits(rand, 3), digits(rand, 2))])


def date(rand):
    when = day(rand, 2015, 2026)
    return rand.choice([when.strftime("%d.%m.%Y"), "%d.%d.%d" % (when.day, when.month, when.year), when.isoformat(),
                        when.strftime("%d/%m/%Y"), "%d.%d.–%d.%d.%d" % (when.day, when.month, when.day, 12, when.year)])


def price(rand):
    whole = "%d" % rand.randint(1, 99999)
    return rand.choice(["%s,%s €" % (whole, digits(rand, 2)), "%d %s,%s e" % (rand.randint(1, 99), digits(rand, 3), digits(rand, 2)),
                        "€%s.%s" % (whole, digits(rand, 2)), "%s euroa" % whole])


def order(rand):
    return rand.choice(["tilaus %s", "tilausnumero %s", "order %s", "lasku nro %s", "viite %s", "#%s", "asiakasnumero %s"]) % \
        rand.choice([digits(rand, 6), rand.choice("123456789") + digits(rand, 6), rand.choice("12356789") + digits(rand, 8),
                     "2026-%s" % digits(rand, 5), rand.choice("123456789") + digits(rand, 4) + " " + digits(rand, 5)])


def phone_miss(rand):
    return rand.choice([date, price, order, product, lambda r: "%02d:%02d-%02d:%02d" % (r.randint(0, 23), r.randint(0, 59), r.randint(0, 23), r.randint(0, 59)),
                        lambda r: "0%s g" % digits(r, 2), lambda r: "%s x %s cm" % (digits(r, 3), digits(r, 3)),
                        lambda r: "641%s" % digits(r, 10), lambda r: "0,%s" % digits(r, 6),
                        lambda r: "JJFI%s" % digits(r, 17), lambda r: "versio %d.%d.%d" % (r.randint(0, 9), r.randint(0, 99), r.randint(0, 999))])(rand)


# --- plates ---

PLATE_WORDS = ["rek.nro {}", "rekisterinumero on {}", "auton {}", "rekisteritunnus {}", "bilen {}", "licence plate {}"]


def plate(rand):
    letters = "".join(rand.choice("ABCEFGHIJKLMNOPRSTUVXYZ") for _ in range(3))
    while letters in ("USB", "ISO", "RAL", "LED", "PIN", "SIM", "SMS", "GSM", "PDF", "CAT", "UPS", "ABS", "ESP", "FIN", "EUR",
                      "USA", "GBP", "NOK", "UTC", "GMT", "EST", "CET", "REF", "REV", "VER", "ART", "VAT", "KPL", "NRO", "CPU",
                      "GPU", "RAM", "API", "TUN", "MAC", "PUK", "SFS", "XLS", "CSV", "SER", "EAN", "ALV"):
        letters = "".join(rand.choice("ABCEFGHIJKLMNOPRSTUVXYZ") for _ in range(3))
    return "%s-%d" % (letters, rand.randint(100, 999))


def plate_item(rand):
    if rand.random() < 0.7:
        return plain(rand, "PLATE", plate(rand))
    value = plate(rand)
    value = rand.choice([value.replace("-", " "), value.lower(), value[1:], value])
    before = rand.choice(PLATE_WORDS)
    return sentence(rand, "PLATE", True, before.format(value), before.format("[PLATE]"))


def plate_miss(rand):
    letters = "".join(rand.choice("BCDFGHJKLMNPRSTVXZ") for _ in range(4))
    return rand.choice(["%s-%s" % (letters, digits(rand, 3)), "%s-0%s" % (letters[:3], digits(rand, 2)),
                        "%s-%s" % (letters[:3], rand.choice("123456789") + digits(rand, 3)), "%s-%s" % (rand.choice(["USB", "ISO", "LED", "RTX"]), "300"),
                        "%s-%d-%s" % (letters[:3], rand.randint(100, 999), digits(rand, 2)), "X%s-%d" % (letters[:3], rand.randint(100, 999)),
                        "%s%d" % (letters[:2], rand.randint(1, 99)), "%s-%d%s" % (letters[:3], rand.randint(100, 999), letters[3])])


# --- addresses on the net ---

def plain_letters(word):
    return word.lower().translate(str.maketrans("äöå", "aoa"))


def email(rand):
    first, last = plain_letters(rand.choice(FIRST)), plain_letters(rand.choice(LAST))
    local = rand.choice(["%s.%s" % (first, last), "%s%s" % (first[0], last), "%s%d" % (first, rand.randint(1, 99)),
                         "%s_%s" % (first, last), "%s.%s+lasku" % (first, last), "%s-%s" % (first, last)])
    host = rand.choice(["esimerkki.fi", "posti.example", "mail.example.com", "yritys-x.fi", "example.co.uk"])
    at = rand.choice(["@"] * 9 + [" (at) ", "[at]"])
    return local + at + host


def email_miss(rand):
    name = plain_letters(rand.choice(FIRST))
    return rand.choice(["@%s" % name, "%s@" % name, "%d kpl @ %d e" % (rand.randint(2, 9), rand.randint(2, 99)), "%s@tyopaikka" % name,
                        "@%s_%s" % (name, digits(rand, 2)), "a@b", "%d@%d" % (rand.randint(2, 9), rand.randint(2, 99))])


def token(rand, n):
    return "".join(rand.choice("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(n - 4)) + "7aB3"


def url(rand):
    host = rand.choice(["https://oma.esimerkki.fi", "http://www.example.com", "https://x.example", "www.esimerkki.fi"])
    return host + rand.choice([
        lambda: "/salasana?token=%s" % token(rand, 20), lambda: "/reset/%s" % token(rand, 24),
        lambda: "/lasku?asiakas=%s&kieli=fi" % digits(rand, 6), lambda: "/?email=%s%%40esimerkki.fi" % plain_letters(rand.choice(FIRST)),
        lambda: "/login?session_id=%s" % token(rand, 16), lambda: "/t/%s/avaa" % token(rand, 18),
        lambda: "/p?sig=%s#ylös" % token(rand, 12)])()


def url_miss(rand):
    host = rand.choice(["https://esimerkki.fi", "http://www.example.com", "https://x.example", "www.esimerkki.fi"])
    return host + rand.choice(["", "/", "/tuotteet/%s" % digits(rand, 5), "/ohje/laskutus", "/haku?q=reititin&sivu=%d" % rand.randint(1, 9),
                               "/fi/asiakaspalvelu.html", "/uutiset/2026/11/%02d/uusi-sovellus" % rand.randint(1, 30), "/hinnasto#osa-%d" % rand.randint(1, 9),
                               "/kauppa/kengat-koko-%d" % rand.randint(36, 46)])


# --- streets ---

STREETS = """Koivu Mänty Kirkko Asema Koulu Hämeen Kauppa Mannerheimin Puisto Uusi Vanha Linnan Pelto Metsä Satama Torin Myllyn
Lehmus Pihlaja Rauhan Keskus Teollisuus Tehtaan Sairaalan""".split()
KINDS = {"katu": "kadulla", "tie": "tiellä", "kuja": "kujalla", "polku": "polulla", "raitti": "raitilla", "väylä": "väylällä",
         "kaari": "kaarella", "bulevardi": "bulevardilla"}


def address(rand):
    if rand.random() < 0.2:
        street = rand.choice(["Oak Street", "Maple Avenue", "Church Road", "King Street", "Mill Lane", "Park Drive", "Victoria Road"])
        end = rand.choice(["", "", ", Springfield, IL 62704", ", London SW1A 1AA"])
        return "%d %s%s" % (rand.randint(1, 999), street, end)
    kind = rand.choice(list(KINDS))
    street = rand.choice(STREETS) + (KINDS[kind] if rand.random() < 0.25 else kind)
    number = "%d" % rand.randint(1, 199) + rand.choice(["", "", " A %d" % rand.randint(1, 60), " B", " as %d" % rand.randint(1, 99), "b",
                                                        " C%d" % rand.randint(1, 20), "-%d" % rand.randint(200, 220)])
    return "%s %s%s" % (street, number, rand.choice(["", "", ", %05d %s" % (rand.randint(100, 99999), rand.choice(CITIES)),
                                                     " %05d %s" % (rand.randint(100, 99999), rand.choice(CITIES))]))


def address_miss(rand):
    return rand.choice([
        "%s %d kpl" % (rand.choice(["Tuotetta", "Pulloja", "Laatikoita"]), rand.randint(2, 99)), "kanta %d" % rand.randint(1, 9),
        "sivu %d B" % rand.randint(1, 99), "katu oli tukossa %d tuntia" % rand.randint(2, 9), "Valtatie %d" % rand.randint(1, 99),
        "tie %d km päässä" % rand.randint(1, 99), "iPhone %d" % rand.randint(10, 17), "Kanta-asiakkuus %d" % rand.randint(1, 9),
        "viikko %d, %d tuotetta" % (rand.randint(1, 52), rand.randint(2, 99)), "Windows %d, versio %d" % (rand.randint(7, 11), rand.randint(1000, 9999)),
        "%d minutes on the street" % rand.randint(2, 59), "Luku %d, %d sivua" % (rand.randint(1, 20), rand.randint(10, 99)),
        "%d days, %d calls" % (rand.randint(2, 9), rand.randint(2, 9)), "Moottoritie %d" % rand.randint(1, 9)])


# --- names ---

def finnish_name(rand):
    return rand.choice(FIRST) + (" " + rand.choice(LAST) if rand.random() < 0.5 else "")


def inflected(rand):
    """An author and forms of the author's name, as grammars give them."""
    return rand.choice([
        ("Maija Virtanen", "Virtasen"), ("Maija Virtanen", "Maijalle"), ("Pekka Korhonen", "Pekan"), ("Pekka Korhonen", "Korhosta"),
        ("Anne Mäki", "Mäen"), ("Anne Mäki", "Mäelle"), ("Matti Lahti", "Lahden"), ("Matti Lahti", "Matilta"), ("Outi Rinne", "Rinteelle"),
        ("Outi Rinne", "Outin"), ("Markus Niemi", "Markuksen"), ("Markus Niemi", "Niemeltä"), ("Tuomas Koski", "Tuomaan"),
        ("Tuomas Koski", "Kosken"), ("Heikki Lehto", "Heikin"), ("Heikki Lehto", "Lehdolle"), ("Erik Nyman", "Erikin"),
        ("Erik Nyman", "Nymanilta"), ("Kaisa Mäkinen", "Mäkiselle"), ("Kaisa Mäkinen", "Kaisan"), ("Antti Aalto", "Aallolta"),
        ("Antti Aalto", "Antin"), ("Ilkka Vainio", "Ilkan"), ("Ilkka Vainio", "Vainiollekin"), ("Niina Saarinen", "Saarisen"),
        ("Virve Salo", "Virven"), ("Virve Salo", "Salolla"), ("Daniel Foster", "Danielin"), ("Daniel Foster", "Fosters")])


def name_item(rand):
    kind, name = rand.random(), finnish_name(rand)
    english = "%s %s" % (rand.choice(ENGLISH_FIRST), rand.choice(ENGLISH_LAST)) if rand.random() < 0.5 else rand.choice(ENGLISH_FIRST)
    body = rand.choice(["lasku on väärin.", "tilaus ei tullut perille.", "sovellus kaatuu taas.", "kiitos nopeasta avusta!"])
    en_body = rand.choice(["the order never arrived.", "I was charged twice.", "thanks for the quick help!"])
    if kind < 0.3:
        form = rand.choice(["Hei {},\n", "Moi {}!\n", "Hei {}, ", "Terve {}.\n", "Hyvä {},\n\n", "Hej {}!\n"]) + body
        return Item("NAME", True, form.format(name), form.format("[NAME]"), None)
    if kind < 0.4:
        form = rand.choice(["Hi {},\n", "Dear {},\n\n", "Hello {}, "]) + en_body
        return Item("NAME", True, form.format(english), form.format("[NAME]"), None)
    if kind < 0.65:
        form = body.capitalize() + rand.choice(["\n\nYstävällisin terveisin\n{}", "\nTerveisin {}", "\n\nt. {}", "\n\nParhain terveisin,\n{}\n", " T. {}"])
        return Item("NAME", True, form.format(name), form.format("[NAME]"), None)
    if kind < 0.68:
        form = rand.choice(["hei {}, ", "moi {}!\n"]) + body if rand.random() < 0.5 else body + rand.choice([" t. {}", " terv. {}", "\nterveisin {}"])
        return Item("NAME", True, form.format(rand.choice(FIRST).lower()), form.format("[NAME]"), None)
    if kind < 0.75:
        form = en_body.capitalize() + rand.choice(["\n\nBest regards,\n{}", "\n\nKind regards\n{}", "\nRegards, {}", "\n\nSincerely,\n{}"])
        return Item("NAME", True, form.format(english), form.format("[NAME]"), None)
    if kind < 0.85:
        whole = rand.choice(FIRST) + " " + rand.choice(LAST)
        form = rand.choice(["Nimeni on {} ja lasku on väärin.", "Nimi: {}", "Tilaus tehtiin nimellä {} eilen.", "My name is {} and it broke."])
        return Item("NAME", True, form.format(whole), form.format("[NAME]"), None)
    author, form_of = inflected(rand)
    form = rand.choice(["Se oli {} tilaus, ei muiden.", "{} puhelin ei toimi.", "Kaikki on {} nimissä.", "Soititte kai {} eilen?"])
    return Item("NAME", True, form.format(form_of), form.format("[NAME]"), author)


def name_miss_item(rand):
    text = rand.choice(["Hei kaikki,\n{}", "Hei asiakaspalvelu,\n{}", "Moi taas!\n{}", "Hei, {}", "Hi there,\n{}", "Hello team,\n{}", "Dear Sir or Madam,\n{}",
                        "{}\n\nTerveisin\nTyytymätön asiakas", "{}\n\nKiitos jo etukäteen!", "{}\nBest regards", "Hej,\n{}", "Hei Sain laskun. {}", "Hei vaan!\n{}",
                        "Hyvää päivää,\n{}", "Kiitos. {}", "{}\n\nYstävällisin terveisin\nAsiakaspalvelu", "Hyvä palvelu, {}", "{} Kiitos, Hyvää kesää!",
                        "Terve, {}", "Dear Customer Service,\n{}", "{}\n\nT. Vakioasiakas", "hei taas, {}", "moi kaikki!\n{}", "{} t. tyytymätön asiakas", "{} terv. pettynyt käyttäjä",
                        "hei vaan, {}", "{}\nterveisin asiakas", "Hei siellä!\n{}"])
    body = rand.choice(["lasku on väärin.", "Tilaus ei tullut perille.", "Sovellus kaatuu Helsingissä.", "the app crashes on Android.", "Posti toi paketin maanantaina.",
                        "Toivon vastausta pian.", "Onneksi Elisa toimii.", "Nokia on hyvä puhelin."])
    text = text.format(body)
    return Item("NAME", False, text, text, rand.choice([None, None, "Toivo Lahti", "Kaisa Mäkinen"]))


# --- sentences ---

def sentence(rand, kind, valid, value, masked):
    form = rand.choice(PLAIN)
    return Item(kind, valid, form.format(value), form.format(masked), None)


def plain(rand, kind, value, valid=True):
    return sentence(rand, kind, valid, value, "[%s]" % kind if valid else value)


def of(kind, good, bad):
    return (lambda rand: plain(rand, kind, good(rand)), lambda rand: plain(rand, kind, bad(rand), False))


MAKERS = {
    "HETU": of("HETU", hetu, hetu_miss),
    "IBAN": of("IBAN", iban, iban_miss),
    "CARD": of("CARD", card, card_miss),
    "BUSINESS-ID": of("BUSINESS-ID", business, business_miss),
    "PHONE": of("PHONE", phone, phone_miss),
    "PLATE": (plate_item, lambda rand: plain(rand, "PLATE", plate_miss(rand), False)),
    "EMAIL": of("EMAIL", email, email_miss),
    "URL": of("URL", url, url_miss),
    "ADDRESS": of("ADDRESS", address, address_miss),
    "NAME": (name_item, name_miss_item),
}


def make(rand, n):
    """`n` values and `n` near misses, the kinds in turn."""
    items = []
    for i in range(n):
        good, bad = MAKERS[list(MAKERS)[i % len(MAKERS)]]
        items += [good(rand), bad(rand)]
    return items
