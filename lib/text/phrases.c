#include "text/phrases.h"

#include "base/symtab.h"
#include "base/tsv.h"

static const char *const NAMES[VOC_N_PHRASES] = {
    [VOC_PHRASE_FROM] = "from",
    [VOC_PHRASE_DATE] = "date",
    [VOC_PHRASE_TO] = "to",
    [VOC_PHRASE_CC] = "cc",
    [VOC_PHRASE_SUBJECT] = "subject",
    [VOC_PHRASE_OTHER] = "other",
    [VOC_PHRASE_ORIGINAL] = "original",
    [VOC_PHRASE_FORWARDED] = "forwarded",
    [VOC_PHRASE_WROTE] = "wrote",
    [VOC_PHRASE_TOLD] = "told",
    [VOC_PHRASE_ON] = "on",
    [VOC_PHRASE_QUOTING] = "quoting",
    [VOC_PHRASE_WEEKDAY] = "weekday",
    [VOC_PHRASE_YOURS] = "yours",
    [VOC_PHRASE_CLOSING] = "closing",
    [VOC_PHRASE_GREETINGS] = "greetings",
    [VOC_PHRASE_THANKS] = "thanks",
    [VOC_PHRASE_POSTSCRIPT] = "postscript",
    [VOC_PHRASE_DEVICE] = "device",
    [VOC_PHRASE_GADGET] = "gadget",
    [VOC_PHRASE_DISCLAIMER] = "disclaimer",
    [VOC_PHRASE_CONTACT] = "contact",
    [VOC_PHRASE_COMPANY] = "company",
};

struct VocPhrases {
    VocSymtab table;
    GArray *kinds;                /* guint32 bits, by the number of the phrase */
    GArray *lists[VOC_N_PHRASES]; /* VocSlice, into the table */
    gsize longest[VOC_N_PHRASES]; /* bytes */
};

static int
find_kind(VocSlice name)
{
    for (int kind = 0; kind < VOC_N_PHRASES; kind++)
        if (voc_slice_equal_string(name, NAMES[kind]))
            return kind;
    return -1;
}

static void
add(VocPhrases *phrases, VocPhraseKind kind, VocSlice text)
{
    guint32 number = voc_symtab_intern(&phrases->table, text);
    if (phrases->kinds->len <= number)
        g_array_set_size(phrases->kinds, number + 1);
    guint32 *bits = &g_array_index(phrases->kinds, guint32, number);
    if (*bits & VOC_PHRASE_BIT(kind))
        return;
    *bits |= VOC_PHRASE_BIT(kind);
    VocSlice kept = voc_symtab_name(&phrases->table, number);
    g_array_append_val(phrases->lists[kind], kept);
    phrases->longest[kind] = MAX(phrases->longest[kind], kept.len);
}

VocPhrases *
voc_phrases_load(const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return NULL;
    g_autoptr(VocPhrases) phrases = g_new0(VocPhrases, 1);
    voc_symtab_init(&phrases->table);
    phrases->kinds = g_array_new(FALSE, TRUE, sizeof(guint32));
    g_array_set_size(phrases->kinds, 1); /* number 0: no phrase */
    for (int kind = 0; kind < VOC_N_PHRASES; kind++)
        phrases->lists[kind] = g_array_new(FALSE, FALSE, sizeof(VocSlice));
    while (voc_tsv_next(&tsv)) {
        int kind = find_kind(tsv.cell[0]);
        if (kind < 0 || !tsv.cell[2].len) {
            voc_tsv_fail(&tsv, error, "not a kind of phrase, a language and a phrase");
            return NULL;
        }
        add(phrases, (VocPhraseKind)kind, tsv.cell[2]);
    }
    return g_steal_pointer(&phrases);
}

void
voc_phrases_free(VocPhrases *phrases)
{
    if (!phrases)
        return;
    for (int kind = 0; kind < VOC_N_PHRASES; kind++)
        if (phrases->lists[kind])
            g_array_unref(phrases->lists[kind]);
    if (phrases->kinds)
        g_array_unref(phrases->kinds);
    voc_symtab_clear(&phrases->table);
    g_free(phrases);
}

VocSlice
voc_phrase_fold(VocSlice text, char *folded, gsize room)
{
    gsize n = 0;
    for (gsize i = 0; i < text.len && n + 1 < room; i++) {
        guchar c = (guchar)text.data[i];
        guchar next = i + 1 < text.len ? (guchar)text.data[i + 1] : 0;
        gboolean hard_space = c == 0xC2 && next == 0xA0;
        if (g_ascii_isspace(c) || hard_space) {
            if (n && folded[n - 1] != ' ')
                folded[n++] = ' ';
            i += hard_space;
        } else if (c == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) {
            folded[n++] = (char)c;
            folded[n++] = (char)(next + 0x20);
            i++;
        } else {
            folded[n++] = g_ascii_tolower((char)c);
        }
    }
    if (n && folded[n - 1] == ' ')
        n--;
    return voc_slice_of(folded, n);
}

guint32
voc_phrases_kinds(const VocPhrases *phrases, VocSlice text)
{
    return g_array_index(phrases->kinds, guint32, voc_symtab_find(&phrases->table, text));
}

static gboolean
is_boundary(VocSlice text, gsize at)
{
    guchar c = at < text.len ? (guchar)text.data[at] : ' ';
    return c < 0x80 && !g_ascii_isalnum(c);
}

gsize
voc_phrases_prefix(const VocPhrases *phrases, VocPhraseKind kind, VocSlice text)
{
    for (gsize len = MIN(text.len, phrases->longest[kind]); len > 0; len--)
        if (is_boundary(text, len) &&
            voc_phrases_kinds(phrases, voc_slice_of(text.data, len)) & VOC_PHRASE_BIT(kind))
            return len;
    return 0;
}

guint
voc_phrases_count(const VocPhrases *phrases, VocPhraseKind kind, VocSlice text)
{
    guint n = 0;
    for (guint i = 0; i < phrases->lists[kind]->len; i++) {
        VocSlice one = g_array_index(phrases->lists[kind], VocSlice, i);
        n += memmem(text.data, text.len, one.data, one.len) != NULL;
    }
    return n;
}
