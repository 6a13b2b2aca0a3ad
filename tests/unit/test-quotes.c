/* Quoted replies, forwarded mails and signatures: forms of three languages, mails marked by hand. */
#include "text/quotes.h"

static VocPhrases *phrases;
static VocQuotes *quotes;

/* What is left of the text, without white space at its ends. */
static char *
kept(const char *text, const char *author, gboolean mail)
{
    VocSlice whole = voc_slice_from_string(text);
    VocQuoteHints hints = {.author = voc_slice_from_string(author), .mail = mail};
    GString *left = g_string_new(NULL);
    gsize at = 0;
    guint n;
    const VocCut *cuts = voc_quotes_find(quotes, whole, &hints, &n);
    for (guint i = 0; i < n; i++) {
        g_assert_cmpuint(cuts[i].start, >=, at);
        g_assert_cmpuint(cuts[i].end, >, cuts[i].start);
        g_string_append_len(left, text + at, (gssize)(cuts[i].start - at));
        at = cuts[i].end;
    }
    g_assert_cmpuint(at, <=, whole.len);
    g_string_append(left, text + at);
    return g_strstrip(g_string_free(left, FALSE));
}

static void
check(const char *text, const char *left)
{
    g_autofree char *actual = kept(text, NULL, TRUE);
    g_assert_cmpstr(actual, ==, left);
}

static void
check_whole(const char *text)
{
    check(text, text);
}

/* Lines that programs write over an original. */
static const char *const ATTRIBUTIONS[] = {
    "ke 8. tammik. 2025 klo 9.15 N Niemi <a@posti.example> kirjoitti:",
    "ke 8.1.2025 klo 9.15 N Niemi (a@posti.example) kirjoitti:",
    "keskiviikko 8. tammikuuta 2025 klo 9.15.12 UTC+2 N Niemi <a@posti.example> kirjoitti:",
    "N Niemi <a@posti.example> kirjoitti keskiviikkona 8. tammikuuta 2025 klo 09.15.02 UTC+2:",
    "N Niemi <a@posti.example> kirjoitti 8.1.2025 kello 9.15:",
    "N Niemi <a@posti.example> kirjoitti ke 8. tammik. 2025 klo 9.15:",
    "Käyttäjä N Niemi <a@posti.example> kirjoitti 8.1.2025 klo 9.15:",
    "28.02.2012 03:03, N Niemi kirjoitti:",
    "8.1.2025 9.15, N Niemi kirjoitti:",
    "su, 2025-09-28 kello 11:07 +0000, N Niemi kirjoitti:",
    "2025-10-14 16:40 N Niemi <a@posti.example> kirjoitti:",
    "2014-03-05 10:02 GMT+02:00 N Niemi <a@posti.example>:",
    "Pe 8. elok. 2025 klo 9.15\nPitkänimisen yrityksen asiakaspalvelu ja huolto <a@posti.example> kirjoitti:",
    "pe 8. elok. 2025 klo 9.15 Pitkänimisen yrityksen asiakaspalvelu\n<a@posti.example>\nkirjoitti:",
    "On Wed, Jan 8, 2025 at 9:15 AM N Niemi <a@posti.example> wrote:",
    "On Jan 8, 2025, at 9:15 AM, N Niemi <a@posti.example> wrote:",
    "On 8 Jan 2025, at 09:15, N Niemi wrote:",
    "On 08/01/2025 09:15, N Niemi wrote:",
    "On Wednesday, 8 January 2025 at 09:15:00 GMT+2, N Niemi <a@posti.example> wrote:",
    "On Wednesday, 8 January 2025 at 09:15:00 GMT+2, N Niemi\n<a@posti.example> wrote:",
    "On Friday, October 17th, 2025 at 11:20, N Niemi <a@posti.example> wrote:",
    "On 1.10.2025 12.44, N Niemi wrote:",
    "At 08:33 AM 8/23/01 -0500, you wrote:",
    "N Niemi <a@posti.example> writes:",
    "Den ons 8 jan. 2025 kl 09:15 skrev N Niemi <a@posti.example>:",
    "Den 2025-01-08 kl. 09:15, skrev N Niemi:",
    "8 jan. 2025 kl. 09:15 skrev N Niemi <a@posti.example>:",
    "Den 8 januari 2025 09:15:12 skrev N Niemi <a@posti.example>:",
    "ons. 8. jan. 2025 kl. 09:15 skrev N Niemi <a@posti.example>:",
    "Am 08.01.2025 um 09:15 schrieb N Niemi:",
    "Le 8 janv. 2025 à 09:15, N Niemi <a@posti.example> a écrit :",
};

static void
test_attributions(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ATTRIBUTIONS); i++) {
        g_autofree char *marked = g_strdup_printf("Oma.\n\n%s\n\n> a\n> b\n", ATTRIBUTIONS[i]);
        g_autofree char *close = g_strdup_printf("Oma.\n%s\n> a\n", ATTRIBUTIONS[i]);
        g_autofree char *bare = g_strdup_printf("Oma.\n\n%s\n\na b\n\nc\n", ATTRIBUTIONS[i]);
        g_autofree char *below = g_strdup_printf("%s\n> a\n\nOma.\n", ATTRIBUTIONS[i]);
        g_autofree char *outer =
            g_strdup_printf("Oma.\n\n> %s\n> > a\n", "ke 8.1.2025 klo 9.15 N <a@b.example> kirjoitti:");
        g_test_message("%s", ATTRIBUTIONS[i]);
        check(marked, "Oma.");
        check(close, "Oma.");
        check(bare, "Oma.");
        check(below, "Oma.");
        check(outer, "Oma.");
    }
    check("Oma.\n\nNiemi kirjoitti:\n> a\n", "Oma.");
    check("Oma.\n\nLainaus N Niemi <a@posti.example>:\n\n> a\n", "Oma.");
    check("Oma.\n\nQuoting N Niemi <a@posti.example>:\n\n> a\n", "Oma.");
}

static const char *const HEADERS[] = {
    "-----Alkuperäinen viesti-----\nLähettäjä: N [mailto:a@b.example]\nLähetetty: 8. tammikuuta 2025 9:15\n"
    "Vastaanottaja: M\nAihe: Lasku",
    "-------- Alkuperäinen viesti --------\nLähettäjä: N <a@b.example>\nPvm: 8.1.2025 9.15 "
    "(GMT+02:00)\nSaaja: M\n"
    "Aihe: Re: Lasku",
    "________________________________\nLähettäjä: N <a@b.example>\nLähetetty: keskiviikko 8. tammikuuta 2025 "
    "9.15\n"
    "Vastaanottaja: M <m@b.example>\nAihe: Lasku",
    "Lähettäjä: N <a@b.example>\nLähetetty: keskiviikko 8. tammikuuta 2025 9.15\nVastaanottaja: M "
    "<m@b.example>;\n"
    "K <k@b.example>\nKopio: X\nAihe: Pitkä aihe joka\n jatkuu",
    "*Lähettäjä:* N <a@b.example>\n*Lähetetty:* 8.1.2025 9.15\n*Vastaanottaja:* M\n*Aihe:* Lasku",
    "Päivämäärä: 8.1.2025 9.15\nLähettäjä: \"N\" <a@b.example>\nVastaanottaja: <m@b.example>\nAihe: Lasku",
    "-----Original Message-----\nFrom: N\nSent: Wednesday, January 8, 2025 9:15 AM\nTo: M\nSubject: RE: Bill",
    "From: N <a@b.example>\nDate: Wednesday, 8 January 2025 at 9.15\nTo: M <m@b.example>\nSubject: Bill",
    "-----Ursprungligt meddelande-----\nFrån: N [mailto:a@b.example]\nSkickat: den 8 januari 2025 "
    "09:15\nTill: M\n"
    "Ämne: SV: Faktura",
    "Från: N <a@b.example>\nDatum: onsdag 8 januari 2025 09:15\nTill: M\nÄmne: Faktura",
    "\n\tN Niemi\n\t01/08/2025 09:15 AM\n\t\t \n\t\t To: M/HOU/X@X\n\t\t cc: \n\t\t Subject: Bill",
    ">>> \"N Niemi\" <a@b.example> 01/08/25 09:15AM >>>",
};

static const char *const FORWARDS[] = {
    "---------- Välitetty viesti ---------\nLähettäjä: N <a@b.example>\nDate: ke 8. tammik. 2025 klo 9.15\n"
    "Subject: Lasku\nTo: <m@b.example>",
    "Viesti välitetty:\n\nLähettäjä: N <a@b.example>\nPäiväys: 8. tammikuuta 2025 klo "
    "9.15.12\nVastaanottaja: M\n"
    "Aihe: Lasku",
    "---------- Forwarded message ---------\nFrom: N <a@b.example>\nDate: Wed, 8 Jan 2025 at 09:15\nSubject: "
    "Bill\n"
    "To: <m@b.example>",
    "Begin forwarded message:\n\nFrom: N <a@b.example>\nDate: 8 January 2025 at 9.15.12\nTo: M\nSubject: "
    "Bill",
    "---------- Vidarebefordrat meddelande ----------\nFrån: N <a@b.example>\nDatum: 8 januari 2025 "
    "09:15\nTill: M\n"
    "Ämne: Faktura",
    "---------------------- Forwarded by N Niemi/HOU/X on 01/08/2025 09:15 \nAM ---------------------------",
};

static void
check_kind(const char *head, VocCutKind kind)
{
    g_autofree char *mail = g_strdup_printf("Oma.\n\n%s\n\na b\n\nc\n", head);
    VocQuoteHints hints = {.mail = TRUE};
    guint n;
    g_test_message("%s", head);
    check(mail, "Oma.");
    const VocCut *cuts = voc_quotes_find(quotes, voc_slice_from_string(mail), &hints, &n);
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpstr(voc_cut_name(cuts[0].kind), ==, voc_cut_name(kind));
    g_assert_cmpuint(cuts[0].end, ==, strlen(mail));
}

static void
test_headers(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(HEADERS); i++)
        check_kind(HEADERS[i], VOC_CUT_QUOTE);
    for (gsize i = 0; i < G_N_ELEMENTS(FORWARDS); i++)
        check_kind(FORWARDS[i], VOC_CUT_FORWARD);
    /* An answer below an original with quote marks. */
    check("-----Original Message-----\nFrom: N\nSent: 8.1.2025\nTo: M\nSubject: a\n\n> a\n> b\n\nOma.\n",
          "Oma.");
}

static void
test_replies_in_between(void)
{
    check("> Mikä?\n\nTuo.\n\n> Milloin?\n\nNyt.\n", "Tuo.\n\nNyt.");
    check("> 1. Mikä?\nTuo.\n> 2. Milloin?\nNyt.\n", "Tuo.\nNyt.");
    check("Hei.\n\n> Pitkä lainattu rivi jonka joku ohjelma on katkaissut keskeltä lausetta "
          "kahdelle\nriville\n> ja loppu\n",
          "Hei.");
}

static void
test_nothing_is_cut(void)
{
    check_whole("Kiitos soitosta. Naapuri kirjoitti:\n\"meillä sama vika\".\nVaihdoin piuhan.");
    check_whole("Jonot:\nma > 30 min\nti > 45 min");
    check_whole("Virhe on tämä:\n\n> Virhe 502.\n> Yritä uudelleen.\n\nSe toistuu.");
    check_whole(
        "Lomakkeella lukee:\n\nLähettäjä: täytä nimesi\nAihe: valitse listasta\nViesti: vapaa\n\nEi toimi.");
    check_whole("Aihe: lasku 9912\nAsiakasnumero: 40071\nViesti: En hyväksy laskua.");
    check_whole(">:( en ole tyytyväinen\nEn yhtään.");
    check_whole("Terveisin voi lopettaa kirjeen mutta tämä on vasta alku ja asiaa on vielä paljon.\nNiin.");
    check_whole("Lähetetty paketti ei tullut perille.");
    check_whole("Terveisin Mira");
    check_whole("3.5. asiakaspalvelu kirjoitti minulle näin:\nlasku hyvitetään. Ei ole hyvitetty.");
    check_whole(
        "Hei,\n\nLiisa (liisa@yhtio.example) kirjoitti minulle 3.5.2025 klo 9.15:\nhyvitämme. Ei hyvitetty.");
    check_whole("Hei,\n\n3.5.2025 klo 9.15 asiakaspalvelu kirjoitti että lasku hyvitetään:\nei hyvitetty.");
    check_whole("Hi,\n\nOn 3 May 2025 at 9:15 your colleague wrote to me:\nit will be fine. It was not.");
    check_whole("Te sanoitte: lasku on oikein.\nMinä sanoin: ei ole.");
    check_whole("On the 5th of May your colleague wrote:\nit will be fine. It was not.");
    check_whole(">From se osoite on väärä\nKorjatkaa.");
    check_whole("To: or not to: that is\nSubject: matter");
    check_whole("--\nei asiaa");
    g_autofree char *chat = kept("> tilaa nyt\n> heti\nei kiitos", NULL, FALSE);
    g_assert_cmpstr(chat, ==, "> tilaa nyt\n> heti\nei kiitos");
}

static const char *const SIGNATURES[] = {
    "Ystävällisin terveisin\nMaija Meikäläinen",
    "Ystävällisin terveisin,\n\nMaija Meikäläinen\nToimistosihteeri\n\nMeikäläisen Kone Oy\nPuh. 040 000 "
    "0000",
    "Yst. terv. Maija",
    "Terv.\nMaija",
    "t. Maija",
    "T: Maija",
    "Terveisin Maija ja Matti",
    "Pahoittelevin terveisin Maija",
    "Kunnioittavasti\nMaija Meikäläinen\nMallikatu 1 A 2\n99999 Mallila",
    "Mvh / terv. Maija",
    "Best regards,\nMaija",
    "Kind regards\n\nMaija Meikäläinen\n+358 40 000 0000",
    "Best,\nMaija",
    "Cheers, Maija",
    "Yours sincerely\nM. Meikäläinen",
    "Med vänlig hälsning\nMaija Meikäläinen",
    "Mvh Maija",
    "-- \nMaija Meikäläinen\npuh 040 000 0000",
    "-Maija",
    "/Maija",
    "Lähetetty iPhonesta",
    "Lähetetty Samsung Galaxy -älypuhelimesta.",
    "Lähetetty Outlookista Androidille",
    "Lähetetty Yahoo Mailista Androidissa",
    "lähetetty puhelimesta, kirjoitusvirheet on teidän",
    "Sent from my iPad",
    "Get Outlook for iOS",
    "Skickat från min iPhone",
    "Terveisin Maija\n\nLähetetty iPhonesta",
    "Terveisin\nMaija\n\nTämä viesti liitteineen on luottamuksellinen ja tarkoitettu vain vastaanottajalle. "
    "Jos olet "
    "saanut sen vahingossa, hävitä viesti.",
    "This message is confidential and intended only for the intended recipient. If you have received this in "
    "error, "
    "please delete it.",
    "Meikäläisen Kone Oy\nMaija Meikäläinen\n040 000 0000\nmaija@kone.example",
    "Maija Meikäläinen",
};

static void
test_signatures(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNATURES); i++) {
        g_autofree char *alone = g_strdup_printf("Lasku on väärin. Korjatkaa se.\n\n%s\n", SIGNATURES[i]);
        g_autofree char *quoted = g_strdup_printf(
            "Lasku on väärin. Korjatkaa se.\n\n%s\n\nke 8.1.2025 klo 9.15 N <a@b.example> kirjoitti:\n> a\n",
            SIGNATURES[i]);
        g_test_message("%s", SIGNATURES[i]);
        check(alone, "Lasku on väärin. Korjatkaa se.");
        check(quoted, "Lasku on väärin. Korjatkaa se.");
    }
    check("Kiitti.\n\nt. Make\n\nPs. soitin jo", "Kiitti.\n\nPs. soitin jo");
    check("Kiitos etukäteen\n\nTerveisin Maija", "Kiitos etukäteen");
    check("Tulkaa jo.\n\nThanks,\nMaija", "Tulkaa jo.\n\nThanks,");
}

static void
test_author_is_a_hint(void)
{
    g_autofree char *unknown = kept("Vastaan kysymykseen.\n\nSininen", NULL, TRUE);
    g_autofree char *known = kept("Vastaan kysymykseen.\n\nMaija", "Maija Meikäläinen", TRUE);
    g_autofree char *address =
        kept("Vastaan kysymykseen.\n\nMaija M", "maija.meikalainen@posti.example", TRUE);
    g_autofree char *all = kept("Maija", "Maija Meikäläinen", TRUE);
    g_assert_cmpstr(unknown, ==, "Vastaan kysymykseen.\n\nSininen");
    g_assert_cmpstr(known, ==, "Vastaan kysymykseen.");
    g_assert_cmpstr(address, ==, "Vastaan kysymykseen.");
    g_assert_cmpstr(all, ==, "Maija");
}

/* --- mails marked by hand --- */

typedef struct Count {
    guint own, own_kept, quoted, quoted_cut, signature, signature_cut;
} Count;

/* Compares with `marks`, a letter a line of `text`. */
static void
count_lines(const char *text, const char *marks, const char *author, Count *count)
{
    VocQuoteHints hints = {.author = voc_slice_from_string(author), .mail = TRUE};
    guint n;
    const VocCut *cuts = voc_quotes_find(quotes, voc_slice_from_string(text), &hints, &n);
    for (gsize at = 0; text[at] && *marks; marks++) {
        gsize end = at + strcspn(text + at, "\n");
        gsize word = at + strspn(text + at, " \t\r");
        gboolean cut = FALSE;
        for (guint i = 0; i < n; i++)
            cut |= cuts[i].start <= at && at < cuts[i].end;
        if (word < end) {
            count->own += *marks == 'K';
            count->own_kept += *marks == 'K' && !cut;
            count->quoted += *marks == 'Q';
            count->quoted_cut += *marks == 'Q' && cut;
            count->signature += *marks == 'S';
            count->signature_cut += *marks == 'S' && cut;
        }
        at = end + (text[end] == '\n');
    }
}

static void
judge(const char *name, const Count *count)
{
    g_test_message("%s: %u of %u own lines kept, %u of %u quoted ones cut, %u of %u of signatures cut", name,
                   count->own_kept, count->own, count->quoted_cut, count->quoted, count->signature_cut,
                   count->signature);
    g_assert_cmpuint(count->own, >, 100);
    g_assert_cmpfloat((double)count->own_kept / count->own, >=, 0.97);
    g_assert_cmpfloat((double)count->quoted_cut / count->quoted, >=, 0.95);
}

static void
test_marked_mails(void)
{
    Count count = {0};
    for (int i = 1; i <= 75; i++) {
        g_autofree char *path = g_strdup_printf(TEST_SOURCE_DIR "/tests/eval/quotes/%02d.eml", i);
        g_autofree char *text = NULL, *lines = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        strcpy(path + strlen(path) - 3, "cut");
        g_assert_true(g_file_get_contents(path, &lines, NULL, NULL));
        GString *marks = g_string_new(lines);
        g_string_replace(marks, "\n", "", 0);
        count_lines(text, marks->str, NULL, &count);
        g_string_free(marks, TRUE);
    }
    judge("75 mails", &count);
}

/* Puts the letter of each range of a row of enron.tsv ("K 17-19", "Q 21-") at its lines. */
static void
mark_ranges(char **cells, GString *marks)
{
    for (char **cell = cells; *cell; cell++) {
        char *end;
        guint64 from = g_ascii_strtoull(*cell + 2, &end, 10), to = from;
        if (*end == '-')
            to = end[1] ? g_ascii_strtoull(end + 1, NULL, 10) : marks->len;
        for (guint64 i = from; i <= to && i <= marks->len; i++)
            marks->str[i - 1] = **cell;
    }
}

static void
count_enron(const char *folder, const char *row, Count *count)
{
    g_auto(GStrv) cells = g_strsplit(row, "\t", -1);
    g_autofree char *path = g_build_filename(folder, cells[0], NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
    GString *marks = g_string_new(NULL), *body = g_string_new(NULL);
    const char *author = "";
    gboolean in_body = FALSE;
    for (guint i = 0; i < g_strv_length(lines); i++)
        g_string_append_c(marks, '-');
    mark_ranges(cells + 1, marks);
    g_autofree char *bodymarks = g_strdup(marks->str);
    char *next = bodymarks;
    for (guint i = 0; lines[i]; i++) {
        g_strchomp(lines[i]);
        if (in_body) {
            *next++ = marks->str[i];
            g_string_append_printf(body, "%s\n", lines[i]);
        } else if (g_str_has_prefix(lines[i], "X-From: ")) {
            author = lines[i] + 8;
        }
        in_body |= !*lines[i];
    }
    *next = 0;
    count_lines(body->str, bodymarks, author, count);
    g_string_free(marks, TRUE);
    g_string_free(body, TRUE);
}

/* With $VOC_EVAL_DATA, the folder that holds ingest/mail-enron. */
static void
test_enron(void)
{
    const char *data = g_getenv("VOC_EVAL_DATA");
    g_autofree char *folder = g_build_filename(data ? data : "", "ingest", "mail-enron", NULL), *table = NULL;
    Count count = {0};
    if (!data || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_test_skip("no $VOC_EVAL_DATA");
        return;
    }
    g_assert_true(g_file_get_contents(TEST_SOURCE_DIR "/tests/eval/quotes/enron.tsv", &table, NULL, NULL));
    g_auto(GStrv) rows = g_strsplit(table, "\n", -1);
    for (char **row = rows; *row; row++)
        if (**row && **row != '#')
            count_enron(folder, *row, &count);
    judge("enron", &count);
}

static void
test_many_lines(void)
{
    GString *text = g_string_new("Oma.\n\n");
    for (int i = 0; i < 20000; i++)
        g_string_append(text, "Aihe: a\n> b\nX kirjoitti:\n");
    g_autofree char *left = kept(text->str, NULL, TRUE);
    g_assert_nonnull(strstr(left, "Oma."));
    for (int i = 0; i < 200000; i++)
        g_string_append(text, "\n");
    g_autofree char *whole = kept(text->str, NULL, TRUE);
    g_assert_true(g_str_has_prefix(whole, "Oma.\n\nAihe: a\n> b"));
    g_string_free(text, TRUE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    phrases = voc_phrases_load(TEST_SOURCE_DIR "/data/quotes.tsv", NULL);
    g_assert_nonnull(phrases);
    quotes = voc_quotes_new(phrases);
    g_test_add_func("/quotes/attributions", test_attributions);
    g_test_add_func("/quotes/headers", test_headers);
    g_test_add_func("/quotes/in-between", test_replies_in_between);
    g_test_add_func("/quotes/nothing", test_nothing_is_cut);
    g_test_add_func("/quotes/signatures", test_signatures);
    g_test_add_func("/quotes/author", test_author_is_a_hint);
    g_test_add_func("/quotes/marked", test_marked_mails);
    g_test_add_func("/quotes/enron", test_enron);
    g_test_add_func("/quotes/many-lines", test_many_lines);
    int status = g_test_run();
    voc_quotes_free(quotes);
    voc_phrases_free(phrases);
    return status;
}
