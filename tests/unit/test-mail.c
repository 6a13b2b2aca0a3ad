/* Mailboxes and mails: dialects of mbox, parts, kinds, threads, whose mailbox it is. */
#include "read/mail-body.h"
#include "read/mail-kind.h"
#include "read/mail-threads.h"
#include "read/mbox-split.h"
#include "read/own.h"

static void
add_split(const VocMboxMail *mail, gpointer data)
{
    g_string_append_printf(data, "[%u@%u%s %.*s]", (guint)mail->line, (guint)mail->offset,
                           mail->cut ? " cut" : "", (int)MIN(mail->bytes.len, 200), mail->bytes.data);
}

/* The mails as "[LINE@OFFSET bytes]", however the bytes are cut. */
static void
check_split(const char *mbox, gsize max, const char *expected)
{
    gsize len = strlen(mbox);

    for (gsize piece = 1; piece <= len + 1; piece++) {
        g_autoptr(GString) got = g_string_new(NULL);
        g_autoptr(VocMboxSplit) split = voc_mbox_split_new(max, add_split, got);

        for (gsize at = 0; at < len; at += piece)
            voc_mbox_split_feed(split, voc_slice_of(mbox + at, MIN(piece, len - at)), FALSE);
        voc_mbox_split_feed(split, VOC_SLICE_NONE, TRUE);
        g_assert_cmpstr(got->str, ==, expected);
    }
}

#define FROM "From a@b Mon Sep  7 05:52:00 2026\n"

static void
test_split(void)
{
    check_split("", 1 << 20, "");
    check_split(FROM "A: 1\n\nx\n", 1 << 20, "[2@34 A: 1\n\nx\n]");
    check_split(FROM "A: 1\n\nx\n\n" FROM "B: 2\n\ny\n", 1 << 20, "[2@34 A: 1\n\nx\n\n][7@77 B: 2\n\ny\n]");
    /* No empty line before, CRLF, a byte order mark, Netscape's and Google's lines. */
    check_split("\357\273\277From - \r\nA: 1\r\n\r\nx\r\nFrom - \r\nB: 2\r\n\r\ny\r\n", 1 << 20,
                "[2@12 A: 1\r\n\r\nx\r\n][6@32 B: 2\r\n\r\ny\r\n]");
    check_split("From 17@xxx\nA: 1\n\nx\n\nFrom 18@xxx\nB: 2\n\n", 1 << 20,
                "[2@12 A: 1\n\nx\n\n][7@33 B: 2\n\n]");
    /* A headerless mail, and none behind a lone separator. */
    check_split(FROM "\nx\n\n" FROM "B: 2\n\n", 1 << 20, "[2@34 \nx\n\n][6@72 B: 2\n\n]");
}

static void
test_from_in_the_text(void)
{
    check_split(FROM "A: 1\n\nx\n\nFrom Russia with love\nYear: 1963\n", 1 << 20,
                "[2@34 A: 1\n\nx\n\nFrom Russia with love\nYear: 1963\n]");
    check_split(FROM "A: 1\n\n>From here\n>>From there\n> From\na >From b\n", 1 << 20,
                "[2@34 A: 1\n\nFrom here\n>From there\n> From\na >From b\n]");
    check_split(FROM "A: 1\n\nFrom me\n", 1 << 20, "[2@34 A: 1\n\nFrom me\n]");
}

static void
test_content_length(void)
{
    /* Believed where it leads to the next mail or the end; then "From " lines are the text's own. */
    check_split(FROM "Content-Length: 37\n\n\n" FROM "B\n\n" FROM "C: 3\n\nz\n", 1 << 20,
                "[2@34 Content-Length: 37\n\n\n" FROM "B\n\n][9@126 C: 3\n\nz\n]");
    check_split(FROM "content-length: 36\n\n\n" FROM "B", 1 << 20,
                "[2@34 content-length: 36\n\n\n" FROM "B]");
    /* Not believed where it does not. */
    check_split(FROM "Content-Length: 3\n\nlonger\n\n" FROM "C: 3\n\n", 1 << 20,
                "[2@34 Content-Length: 3\n\nlonger\n\n][7@95 C: 3\n\n]");
    check_split(FROM "Content-Length: 99999\n\nx\n\n" FROM "C: 3\n\n", 1 << 20,
                "[2@34 Content-Length: 99999\n\nx\n\n][7@94 C: 3\n\n]");
}

static void
test_long_mails_are_cut(void)
{
    g_autoptr(GString) mbox = g_string_new(FROM "A: 1\n\n"), got = g_string_new(NULL);
    VocMboxSplit *split = voc_mbox_split_new(1000, add_split, got);

    for (int i = 0; i < 3000; i++)
        g_string_append(mbox, "0123456789\n");
    g_string_append(mbox, "\n" FROM "B: 2\n\ny\n");
    for (gsize at = 0; at < mbox->len; at += 777)
        voc_mbox_split_feed(split, voc_slice_of(mbox->str + at, MIN(777, mbox->len - at)), FALSE);
    voc_mbox_split_feed(split, VOC_SLICE_NONE, TRUE);
    g_assert_true(g_str_has_prefix(got->str, "[2@34 cut A: 1\n\n0123456789\n"));
    g_assert_true(g_str_has_suffix(got->str, "[3006@33075 B: 2\n\ny\n]"));
    voc_mbox_split_free(split);
}

/* A mail read: "text|attachments|kinds". */
static char *
read_mail(const char *mail)
{
    g_autoptr(VocMimeReader) reader = voc_mime_reader_new();
    GString *told = g_string_new(NULL);
    const char *reason = "";
    VocMailBody body;
    VocMime mime;
    guint kinds;

    if (!voc_mime_parse(reader, voc_slice_from_string(mail), &mime, &reason)) {
        g_string_append(told, reason);
        return g_string_free(told, FALSE);
    }
    voc_mail_body_init(&body);
    voc_mail_body_read(&body, &mime);
    g_string_append_len(told, body.text.data, (gssize)body.text.len);
    g_string_append_c(told, '|');
    for (guint i = 0; i < body.attached->len; i++) {
        VocSlice name = mime.parts[g_array_index(body.attached, guint, i)].name;

        g_string_append_printf(told, "%s%.*s", i ? "," : "", (int)name.len, name.len ? name.data : "");
    }
    g_string_append_c(told, '|');
    kinds = voc_mail_kinds(reader, &mime);
    for (guint bit = 0; bit < 8; bit++)
        if (kinds & 1u << bit)
            g_string_append(told, voc_mail_kind_name((VocMailKind)(1 << bit)));
    voc_mail_body_clear(&body);
    return g_string_free(told, FALSE);
}

static void
check_mail(const char *mail, const char *expected)
{
    g_autofree char *got = read_mail(mail);

    g_assert_cmpstr(got, ==, expected);
}

#define PART(type, text) "--x\nContent-Type: " type "\n\n" text "\n"
#define MIXED(kind, parts) "Content-Type: multipart/" kind "; boundary=x\n\n" parts "--x--\n"

static void
test_parts(void)
{
    check_mail("Subject: a\n\nhei\n", "hei||");
    check_mail(MIXED("alternative", PART("text/plain", "a") PART("text/html", "<p>b</p>")), "a||");
    check_mail(MIXED("alternative", PART("text/html", "<p>b</p>")), "b||");
    check_mail(MIXED("alternative", PART("text/plain", " ") PART("text/html", "<p>b</p>")), "b||");
    check_mail(
        MIXED("mixed", PART("text/plain", "a") PART("image/png; name=k.png", "iVBO") PART("text/plain", "c")),
        "a\n\nc|k.png|");
    check_mail(MIXED("mixed", PART("text/plain", "a") PART("text/plain; name=log.txt", "b")), "a|log.txt|");
    check_mail(MIXED("related", PART("text/html", "<b>a</b>") PART("image/gif", "x")), "a||");
    check_mail(MIXED("mixed", PART("text/plain", "a") PART("message/rfc822", "Subject: b\n\nnested")), "a||");
    check_mail("Content-Type: message/rfc822\n\nSubject: b\n\nnested\n", "nested||");
    check_mail("Content-Type: multipart/mixed; boundary=nowhere\n\nlost\n", "||");
    check_mail("Content-Type: application/pdf; name*=utf-8''p%C3%A4.pdf\n\nx", "|pä.pdf|");
}

static void
test_text(void)
{
    check_mail("Content-Type: text/plain; format=flowed\n\nyksi \nkaksi\n> a \n> b\n>> c\n  x\n-- \nnimi\n",
               "yksi kaksi\n> a b\n>> c\n x\n-- \nnimi||");
    check_mail("Content-Type: text/plain; format=flowed; delsp=yes\n\nyk \nsi\n", "yksi||");
    check_mail("Content-Type: text/plain; charset=iso-8859-1\n\n5 \200, hyv\344\344\r\n", "5 €, hyvää||");
    check_mail("Content-Type: text/plain; charset=us-ascii\n\nhyv\303\244\303\244\n", "hyvää||");
    check_mail("Content-Transfer-Encoding: 8bit\n\nhyv\344\344 y\366t\344\n", "hyvää yötä||");
    check_mail("Content-Type: text/plain; charset=x-unknown\n\nhyv\344\344\n", "hyvää||");
    check_mail("Content-Type: text/plain; charset=utf-7\n\n+AOQ-iti\n", "äiti||");
    check_mail("Content-Type: text/html\n\n<meta charset=\"windows-1252\"><p>\200</p>", "€||");
    check_mail("Content-Transfer-Encoding: quoted-printable\n\nhyv=C3=A4=\n=C3=A4\n", "hyvää||");
    check_mail("Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n\naHl2w6TDpA==\n",
               "hyvää||");
    check_mail("\n\n  alussa\n\nlopussa\n\n", "  alussa\n\nlopussa||");
}

static void
test_kinds(void)
{
    check_mail("Auto-Submitted: auto-replied\n\nx", "x||auto-reply");
    check_mail("Auto-Submitted: no\n\nx", "x||");
    check_mail("Auto-Submitted: auto-generated\n\nx", "x||automatic");
    check_mail("Subject: Automaattinen vastaus: Lasku\n\nx", "x||auto-reply");
    check_mail("From: MAILER-DAEMON@x.fi\nSubject: Undelivered Mail Returned to Sender\n\nx", "x||bounce");
    check_mail("Subject: Undelivered Mail is my complaint\n\nx", "x||");
    check_mail("Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n" PART(
                   "text/plain", "a") PART("message/delivery-status", "Status: 5.1.1") "--x--\n",
               "a||bounce");
    check_mail("List-Unsubscribe: <mailto:x@y>\n\nx", "x||newsletter");
    check_mail("List-Unsubscribe: <mailto:x@y>\nList-Post: <mailto:x@y>\n\nx", "x||mailing-list");
    check_mail("Precedence: bulk\nIn-Reply-To: <1@y>\n\nx", "x||");
    check_mail(MIXED("alternative", PART("text/plain", "a") PART("text/calendar; method=REQUEST", "BEGIN")),
               "a||calendar");
}

static void
test_hostile(void)
{
    g_autoptr(GString) groups = g_string_new("To: "), headers = g_string_new(NULL),
                       nested = g_string_new(NULL);
    g_autofree char *got = NULL;

    for (int i = 0; i < 100000; i++)
        g_string_append(groups, "g:");
    g_string_append(groups, "\n\nx");
    check_mail(groups->str, "x||");
    for (int i = 0; i < 100000; i++)
        g_string_append_printf(headers, "X-%d: value\n", i);
    g_string_append(headers, "\nx");
    check_mail(headers->str, "headers longer than 1 MiB");
    for (int i = 0; i < 3000; i++)
        g_string_append_printf(nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    g_string_append(nested, "\nx");
    got = read_mail(nested->str);
    g_assert_nonnull(got);
}

static void
test_headers(void)
{
    g_autoptr(VocMimeReader) reader = voc_mime_reader_new();
    const char *reason;
    VocMime mime;

    g_assert_true(
        voc_mime_parse(reader,
                       VOC_SLICE("From: =?iso-8859-1?Q?P=E4ivi_=80?= <Paivi@X.Example>\n"
                                 "To: a@x.fi, Ryhm\344: b@x.fi, c@x.fi;\nCc: \"D, E\" <d@x.fi>\n"
                                 "Subject: =?utf-8?q?hyv=C3=A4?=\n =?utf-8?q?=C3=A4?= p\344iv\344\344\n"
                                 "Date: Mon, 07 Sep 2026 08:52:00 +0300\n"
                                 "Message-ID: <a1@x>\nReferences: <a@x>\n <b@x>\n\n"),
                       &mime, &reason));
    g_assert_true(voc_slice_equal(mime.from.name, VOC_SLICE("Päivi €")));
    g_assert_true(voc_slice_equal(mime.from.address, VOC_SLICE("paivi@x.example")));
    g_assert_cmpuint(mime.n_to, ==, 4);
    g_assert_true(voc_slice_equal(mime.to[3].name, VOC_SLICE("D, E")));
    g_assert_true(voc_slice_equal(mime.subject, VOC_SLICE("hyvää päivää")));
    g_assert_cmpint(mime.seconds, ==, 1788760320);
    g_assert_true(voc_slice_equal(mime.message_id, VOC_SLICE("a1@x")));
    g_assert_cmpuint(mime.n_references, ==, 2);
    g_assert_true(voc_slice_equal(mime.references[1], VOC_SLICE("b@x")));
}

static void
check_subject(const char *subject, const char *stripped, gboolean is_reply)
{
    gboolean reply;
    VocSlice got = voc_mail_subject_strip(voc_slice_from_string(subject), &reply);

    g_assert_true(voc_slice_equal_string(got, stripped));
    g_assert_cmpint(reply, ==, is_reply);
}

static void
test_subjects(void)
{
    check_subject("Lasku", "Lasku", FALSE);
    check_subject("Vs: VL: RE: Lasku", "Lasku", TRUE);
    check_subject("SV:Lasku", "Lasku", TRUE);
    check_subject("Re[2]: Fwd : Lasku", "Lasku", TRUE);
    check_subject("Resepti: hyvä", "Resepti: hyvä", FALSE);
    check_subject("", "", FALSE);
}

/* The thread of a mail with this id, these headers. */
static char *
find_thread(VocMailThreads *threads, const char *id, const char *headers)
{
    g_autoptr(VocMimeReader) reader = voc_mime_reader_new();
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    const char *reason;
    VocMime mime;

    g_assert_true(voc_mime_parse(reader, voc_slice_from_string(headers), &mime, &reason));
    voc_mail_threads_find(threads, &mime, voc_slice_from_string(id), VOC_SLICE_NONE, &out);
    return g_strdup(voc_buffer_string(&out));
}

static void
test_threads(void)
{
    g_autoptr(VocMailThreads) threads = voc_mail_threads_new();
    g_autofree char *first = find_thread(threads, "1",
                                         "From: c@x\nTo: a@y\nSubject: Lasku\n"
                                         "Date: Mon, 07 Sep 2026 08:52:00 +0300\n\n");
    g_autofree char *answer = find_thread(threads, "2", "In-Reply-To: <1>\nSubject: Re: Lasku\n\n");
    g_autofree char *answers = find_thread(threads, "3", "References: <lost> <2>\nSubject: Re: Muu\n\n");
    g_autofree char *by_subject = find_thread(threads, "4",
                                              "From: a@y\nTo: c@x\nSubject: VS:  LASKU\n"
                                              "Date: Mon, 14 Sep 2026 08:52:00 +0300\n\n");
    g_autofree char *anew = find_thread(threads, "5", "From: c@x\nTo: a@y\nSubject: Lasku\n\n");
    g_autofree char *other = find_thread(threads, "6", "From: d@x\nTo: e@y\nSubject: Re: Lasku\n\n");
    g_autofree char *late = find_thread(threads, "7",
                                        "From: c@x\nTo: b@y\nSubject: Re: Lasku\n"
                                        "Date: Mon, 07 Dec 2026 08:52:00 +0200\n\n");
    g_autofree char *orphan = find_thread(threads, "8", "References: <r> <s>\n\n");
    g_autofree char *sibling = find_thread(threads, "9", "References: <r>\n\n");

    g_assert_cmpuint(strlen(first), ==, 24);
    g_assert_cmpstr(answer, ==, first);
    g_assert_cmpstr(answers, ==, first);
    g_assert_cmpstr(by_subject, ==, first);
    g_assert_cmpstr(anew, !=, first);
    g_assert_cmpstr(other, !=, anew);
    g_assert_cmpstr(late, !=, first);
    g_assert_cmpstr(orphan, ==, sibling);
}

static void
test_own(void)
{
    const char *own[] = {"@company.fi", "Sales@Partner.example", NULL};
    g_autoptr(VocOwnCount) count = voc_own_count_new();
    VocMimeAddress to[] = {{VOC_SLICE("Asiakaspalvelu"), VOC_SLICE("help@company.fi")}};
    VocMime mime = {.to = to, .n_to = 1};
    g_autofree char *none = NULL, *guess = NULL;
    gboolean sure;

    g_assert_true(voc_own_has(own, VOC_SLICE("a@company.fi")));
    g_assert_true(voc_own_has(own, VOC_SLICE("a@mail.COMPANY.fi")));
    g_assert_false(voc_own_has(own, VOC_SLICE("a@mycompany.fi")));
    g_assert_true(voc_own_has(own, VOC_SLICE("sales@partner.example")));
    g_assert_false(voc_own_has(own, VOC_SLICE("other@partner.example")));
    g_assert_false(voc_own_has(NULL, VOC_SLICE("a@company.fi")));
    none = voc_own_count_guess(count, &sure);
    g_assert_null(none);
    for (int i = 0; i < 6; i++) {
        g_autofree char *customer = g_strdup_printf("c%d@gmail.com", i);

        mime.from.address = voc_slice_from_string(customer);
        voc_own_count_add(count, &mime);
    }
    guess = voc_own_count_guess(count, &sure);
    g_assert_cmpstr(guess, ==, "@company.fi");
    g_assert_true(sure);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mail/split", test_split);
    g_test_add_func("/mail/from-in-the-text", test_from_in_the_text);
    g_test_add_func("/mail/content-length", test_content_length);
    g_test_add_func("/mail/long-mails-are-cut", test_long_mails_are_cut);
    g_test_add_func("/mail/parts", test_parts);
    g_test_add_func("/mail/text", test_text);
    g_test_add_func("/mail/kinds", test_kinds);
    g_test_add_func("/mail/headers", test_headers);
    g_test_add_func("/mail/hostile", test_hostile);
    g_test_add_func("/mail/subjects", test_subjects);
    g_test_add_func("/mail/threads", test_threads);
    g_test_add_func("/mail/own", test_own);
    return g_test_run();
}
