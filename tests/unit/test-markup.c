/* HTML to text: what a reader sees, and what an attacker sends. */
#include "text/markup.h"

static void
check(const char *html, const char *text)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;

    voc_buffer_add_literal(&out, "=");
    voc_markup_to_text(voc_slice_from_string(html), &out);
    g_assert_cmpstr(voc_buffer_string(&out) + 1, ==, text);
}

static void
test_blocks(void)
{
    check("", "");
    check("plain", "plain");
    check("<p>Hei</p><p>maailma</p>", "Hei\n\nmaailma");
    check("<div>a</div><div>b</div>", "a\nb");
    check("a<br>b<br><br><br>c", "a\nb\n\nc");
    check("<p> a\n  b&nbsp; c </p>  ", "a b c");
    check("<b>rik</b>ki <i> on</i>", "rikki on");
    check("<pre>a\n  b</pre>c", "a\nb\n\nc");
    check("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3");
    check("Katso <a href='https://x.example/?token=1'>ohje</a>.", "Katso ohje.");
    check("Hyv&auml;&auml; p&#228;iv&#xe4;&auml;", "Hyvää päivää");
    check("a&#xbbbbbbbbbbbbbbbbbbbb;b&#55296;", "a\uFFFDb\uFFFD");
}

static void
test_lists(void)
{
    check("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\n\nc");
    check("<ol><li>a<li>b</ol>", "1. a\n2. b");
    check("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c");
    check("<ul><li></li></ul>x", "x");
    check("<blockquote>a<br>b<p>c</p></blockquote>d", "> a\n> b\n>\n> c\n\nd");
    check("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b");
}

static void
test_hidden(void)
{
    check("<style>p{}</style><script>x()</script><title>t</title>a<!-- b -->", "a");
    check("<span style='display: none'>a</span>b", "b");
    check("<span style='color:red;DISPLAY:NONE !important'>a</span>b", "b");
    check("<div hidden>a</div>b", "b");
    check("<div style='font-size:0'>a</div><div style='font-size:0.9em'>b</div>", "b");
    check("<style>.x,.pre {\n display : none }</style><p class='y pre'>a</p><p class=z>b</p>", "b");
    check("<style>@media (max-width:9px){.x{display:none}}\n.y{color:red}</style><p class=x>a</p>", "a");
    check("<style>@media print{.a{b:c}.x{display:none} }.y{display:none}</style><p class=x>a<p class=y>b",
          "a");
    check("<img src=a.png alt='logo'>kiva <img alt='😀'>", "kiva 😀");
}

static void
test_quotes_survive_odd_nesting(void)
{
    check("<blockquote><b>a</blockquote>b</b>", "> a\n\nb");
    check("</div></p>a</blockquote>b", "ab");
}

/* `n` times `one`, then `end`. */
static void
check_hostile(const char *one, guint n, const char *end, const char *has)
{
    g_auto(VocBuffer) html = VOC_BUFFER_INIT, out = VOC_BUFFER_INIT;

    for (guint i = 0; i < n; i++)
        voc_buffer_add_printf(&html, one, i);
    voc_buffer_add_string(&html, end);
    voc_markup_to_text(voc_buffer_slice(&html), &out);
    g_assert_nonnull(strstr(voc_buffer_string(&out), has));
}

static void
test_hostile(void)
{
    gint64 start = g_get_monotonic_time();

    check_hostile("<div><!--%u-->", 300000, "teksti", "teksti");
    check_hostile("<b id=%u>", 100000, "teksti", "teksti");
    check_hostile("<b id=%u><p>", 100000, "teksti", "teksti");
    check_hostile("<style><!--%u", 50000, "</style>teksti", "");
    check_hostile("<a <a%u", 200000, ">teksti", "");
    check_hostile("<table><tr><td></div><!--%u-->", 50000, "teksti", "teksti");
    check_hostile("<x a%u=1", 200000, ">teksti", "");
    check_hostile("<p>%u<br>", 150000, "teksti", "teksti");
    g_assert_cmpint(g_get_monotonic_time() - start, <, 60 * G_USEC_PER_SEC);
}

static void
test_long_documents_are_parsed(void)
{
    check_hostile("<p style='display:none'>piilo<p>rivi %u", 5000, "", "rivi 0\n\nrivi 1\n");
}

static void
test_unescape(void)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;

    voc_markup_unescape(VOC_SLICE("a &lt;b&gt; &amp;amp; &#8364; &nimi; & &#x110000; &#; 5&"), &out);
    g_assert_cmpstr(voc_buffer_string(&out), ==, "a <b> &amp; € &nimi; & &#x110000; &#; 5&");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markup/blocks", test_blocks);
    g_test_add_func("/markup/lists", test_lists);
    g_test_add_func("/markup/hidden", test_hidden);
    g_test_add_func("/markup/odd-nesting", test_quotes_survive_odd_nesting);
    g_test_add_func("/markup/hostile", test_hostile);
    g_test_add_func("/markup/long-documents", test_long_documents_are_parsed);
    g_test_add_func("/markup/unescape", test_unescape);
    return g_test_run();
}
