#include "read/mbox.h"

static void
on_mail(const VocMboxMail *mail, gpointer data)
{
    g_string_append_printf(data, "%d@%d:%d <%.*s>", (int)mail->number, (int)mail->offset, (int)mail->line,
                           (int)mail->from_line.len, mail->from_line.data);
    g_string_append_len(data, mail->mail.data, (gssize)mail->mail.len);
    g_string_append(data, mail->cut ? "CUT|" : "|");
}

static char *
split(const char *mailbox, gsize piece)
{
    GString *seen = g_string_new(NULL);
    g_autoptr(VocMbox) mbox = voc_mbox_new(on_mail, seen);
    gsize len = strlen(mailbox);

    for (gsize at = 0; at < len; at += piece)
        voc_mbox_feed(mbox, voc_slice_of(mailbox + at, MIN(piece, len - at)));
    voc_mbox_finish(mbox);
    return g_string_free(seen, FALSE);
}

/* However the bytes are cut, the mails are the same. */
static void
check(const char *mailbox, const char *expected)
{
    for (gsize piece = 1; piece <= strlen(mailbox) + 1; piece++) {
        g_autofree char *got = split(mailbox, piece);
        g_assert_cmpstr(got, ==, expected);
    }
}

static void
test_plain(void)
{
    check("", "");
    check("no mailbox\nat all\n", "");
    check("From - \nA: 1\n\nx\n", "1@0:1 <From - >A: 1\n\nx\n|");
    check("From a@b Mon Jun  3 12:50:27 1996\nA: 1\n\nx\n\nFrom c@d Tue Jun  4 12:50:27 1996\nB: 2\n\ny",
          "1@0:1 <From a@b Mon Jun  3 12:50:27 1996>A: 1\n\nx\n\n|"
          "2@43:6 <From c@d Tue Jun  4 12:50:27 1996>B: 2\n\ny|");
    check("From 1@xxx\r\nA: 1\r\n\r\nx\r\nFrom 2@xxx\r\nB: 2\r\n\r\n",
          "1@0:1 <From 1@xxx>A: 1\r\n\r\nx\r\n|2@23:5 <From 2@xxx>B: 2\r\n\r\n|");
    check("\357\273\277From -\nA: 1\n\n", "1@3:1 <From ->A: 1\n\n|");
    check("rubbish in front\nFrom -\nA: 1\n\n", "1@17:2 <From ->A: 1\n\n|");
}

/* Lines of a text that begin with From begin no mail. */
static void
test_unmunged(void)
{
    check("From -\nA: 1\n\nFrom Russia with love\nYear: 1963\n",
          "1@0:1 <From ->A: 1\n\nFrom Russia with love\nYear: 1963\n|");
    check("From -\nA: 1\n\nFrom 12:30 in the year 1999 on\nit rained\n",
          "1@0:1 <From ->A: 1\n\nFrom 12:30 in the year 1999 on\nit rained\n|");
}

static void
test_content_length(void)
{
    const char *quoted =
        "From -\nContent-Length: 39\n\nFrom - \nQuoted: a whole mail as it was\nx\n\nFrom -\nB: 2\n\ny\n";

    check(quoted, "1@0:1 <From ->Content-Length: 39\n\nFrom - \nQuoted: a whole mail as it was\nx\n\n|2@69:8 "
                  "<From ->B: 2\n\ny\n|");
    /* A length that leads nowhere says nothing. */
    check("From -\nContent-Length: 3900\n\nx\nFrom -\nB: 2\n\ny\nFrom -\nC: 3\n\nz\n",
          "1@0:1 <From ->Content-Length: 3900\n\nx\n|2@31:5 <From ->B: 2\n\ny\n|3@46:9 <From ->C: 3\n\nz\n|");
    check("From -\nContent-Length: 20\n\nx\nFrom -\nB: 2\n\nyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\nFrom -\nC: "
          "3\n\nz\n",
          "1@0:1 <From ->Content-Length: 20\n\nx\n|2@29:5 <From ->B: "
          "2\n\nyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n|"
          "3@78:9 <From ->C: 3\n\nz\n|");
}

/* Many lengths that lie must not be believed again and again: this takes no time. */
static void
test_lying_lengths(void)
{
    g_autoptr(GString) mailbox = g_string_new(NULL);
    g_autofree char *got = NULL;
    int n = 0;

    for (int i = 0; i < 100000; i++)
        g_string_append(mailbox, "From -\nContent-Length: 999999999\n\nx\n");
    got = split(mailbox->str, 65536);
    for (const char *at = got; (at = strstr(at, "<From ->")); at++)
        n++;
    g_assert_cmpint(n, ==, 100000);
}

static void
on_huge(const VocMboxMail *mail, gpointer data)
{
    int *n = data;

    ++*n;
    g_assert_cmpuint(mail->mail.len, <=, VOC_MBOX_MAIL_MAX + 1024);
    g_assert_cmpint(mail->cut, ==, mail->number == 1);
    g_assert_cmpuint(mail->offset, ==, mail->number == 1 ? 0 : 7 + 6 + (guint64)100000000);
}

static void
test_huge(void)
{
    int n = 0;
    g_autoptr(VocMbox) mbox = voc_mbox_new(on_huge, &n);
    g_autofree char *lines = g_malloc(100000);

    memset(lines, 'x', 100000);
    for (int i = 99; i < 100000; i += 100)
        lines[i] = '\n';
    voc_mbox_feed(mbox, VOC_SLICE("From -\nA: 1\n\n"));
    for (int i = 0; i < 1000; i++)
        voc_mbox_feed(mbox, voc_slice_of(lines, 100000));
    voc_mbox_feed(mbox, VOC_SLICE("From -\nB: 2\n\ny\n"));
    voc_mbox_finish(mbox);
    g_assert_cmpint(n, ==, 2);
}

static void
test_unquote(void)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;

    voc_mbox_unquote(VOC_SLICE("a\n>From x\n>>From y\n> From z\n>Fromage\n>From"), &out);
    g_assert_cmpstr(voc_buffer_string(&out), ==, "a\nFrom x\n>From y\n> From z\n>Fromage\n>From");
}

static void
test_from_date(void)
{
    VocSlice date = voc_mbox_from_date(VOC_SLICE("From a@b Mon Jun  3 12:50:27 1996"));

    g_assert_cmpmem(date.data, (int)date.len, "Mon Jun  3 12:50:27 1996", 24);
    g_assert_cmpuint(voc_mbox_from_date(VOC_SLICE("From -")).len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mbox/plain", test_plain);
    g_test_add_func("/mbox/unmunged", test_unmunged);
    g_test_add_func("/mbox/content-length", test_content_length);
    g_test_add_func("/mbox/lying-lengths", test_lying_lengths);
    g_test_add_func("/mbox/huge", test_huge);
    g_test_add_func("/mbox/unquote", test_unquote);
    g_test_add_func("/mbox/from-date", test_from_date);
    return g_test_run();
}
