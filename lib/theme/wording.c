#include "theme/wording.h"

#include <string.h>

/* A form in one language. */
typedef struct Form {
    guint32 term, count;
} Form;

/* A column in one language. */
typedef struct Word {
    guint32 form, term; /* VOC_NO_TERM: none */
    guint32 count;      /* texts' words that are of the term */
    gboolean exact;     /* the term means the column alone, and nothing beside it */
} Word;

struct VocWording {
    const VocCorpus *corpus;
    Word *words;        /* columns x languages */
    GHashTable *shapes; /* of forms that are not written small: VocShape; of units VOC_SHAPE_UNIT too */
};

/* Counts each form in each language. */
static Form *
count_forms(const VocCorpus *corpus)
{
    Form *forms = g_new0(Form, (gsize)voc_corpus_n_forms(corpus) * VOC_N_LANGS + 1);
    for (guint r = 0; r < voc_corpus_n_documents(corpus); r++) {
        const VocDocument *document = voc_corpus_document(corpus, r);
        for (guint32 i = 0; i < document->n; i++)
            if (document->terms[i] != VOC_NO_TERM) {
                Form *form = &forms[(gsize)document->forms[i] * VOC_N_LANGS + (guint)document->lang];
                form->term = document->terms[i];
                form->count++;
            }
    }
    return forms;
}

/* A Finnish base form that is no beginning of the form it stands for (pankkitunnus: pankkitunnuksilla) comes
 * from a dictionary: it is a word. A stem may be none. */
static gboolean
is_word(const char *base, const char *form, VocLang lang)
{
    return lang == VOC_LANG_FI && !g_str_has_prefix(form, base);
}

/* The commonest form of each term in one language, the base form where it is among them; and the term's
 * count. */
static Word *
best_forms(const VocCorpus *corpus, const Form *forms, VocLang lang)
{
    guint n_terms = voc_corpus_n_terms(corpus);
    Word *best = g_new0(Word, (gsize)n_terms + 1);
    g_autofree guint32 *most = g_new0(guint32, (gsize)n_terms + 1);
    for (guint32 f = 0; f < voc_corpus_n_forms(corpus); f++) {
        const Form *form = &forms[(gsize)f * VOC_N_LANGS + (guint)lang];
        if (!form->count)
            continue;
        gboolean is_base = strcmp(voc_corpus_form(corpus, f), voc_corpus_term(corpus, form->term)) == 0;
        best[form->term].count += form->count;
        if (most[form->term] == G_MAXUINT32 || (!is_base && form->count <= most[form->term]))
            continue;
        most[form->term] = is_base ? G_MAXUINT32 : form->count;
        best[form->term].form = f;
    }
    return best;
}

/* Enters the term's form for each column it means, if it means that column better or is commoner. */
static void
enter(VocWording *wording, guint32 term, const Word *best, VocLang lang)
{
    guint n = 0;
    const guint32 *columns = voc_corpus_columns(wording->corpus, term, &n);
    for (guint i = 0; i < n; i++) {
        Word *word = &wording->words[(gsize)columns[i] * VOC_N_LANGS + (guint)lang];
        gboolean exact = n == 1;
        if (word->count && (word->exact > exact || (word->exact == exact && word->count >= best->count)))
            continue;
        *word = (Word){best->form, term, best->count, exact};
        if (is_word(voc_corpus_term(wording->corpus, term), voc_corpus_form(wording->corpus, best->form),
                    lang))
            word->form = VOC_NO_TERM;
    }
}

/* How most texts write each form, and whether it stands behind numbers. */
static GHashTable *
find_shapes(const VocCorpus *corpus)
{
    guint n = voc_corpus_n_forms(corpus);
    GHashTable *shapes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree guint32 *seen = g_new0(guint32, 4 * (gsize)n + 1);
    g_autofree guint32 *behind = g_new0(guint32, (gsize)n + 1);
    for (guint r = 0; r < voc_corpus_n_documents(corpus); r++) {
        const VocDocument *d = voc_corpus_document(corpus, r);
        for (guint32 i = 0; i < d->n; i++)
            if (d->forms[i] != VOC_NO_TERM) {
                seen[4 * (gsize)d->forms[i] + (d->shapes[i] & VOC_SHAPE_BITS)]++;
                behind[d->forms[i]] += (d->shapes[i] & VOC_SHAPE_UNIT) != 0;
            }
    }
    for (guint32 f = 0; f < n; f++) {
        const guint32 *form = seen + 4 * (gsize)f;
        guint all = form[VOC_SHAPE_SMALL] + form[VOC_SHAPE_TITLE] + form[VOC_SHAPE_CAPS];
        VocShape most = form[VOC_SHAPE_CAPS] > form[VOC_SHAPE_TITLE] ? VOC_SHAPE_CAPS : VOC_SHAPE_TITLE;
        guint shape = 2 * form[most] > all ? most : VOC_SHAPE_SMALL;
        if (2 * behind[f] > all + form[VOC_SHAPE_START])
            shape |= VOC_SHAPE_UNIT;
        if (shape)
            g_hash_table_insert(shapes, (gpointer)voc_corpus_form(corpus, f), GUINT_TO_POINTER(shape));
    }
    return shapes;
}

char *
voc_wording_cased(const VocWording *wording, const char *form)
{
    guint shape = GPOINTER_TO_UINT(g_hash_table_lookup(wording->shapes, form)) & VOC_SHAPE_BITS;
    if (shape == VOC_SHAPE_SMALL)
        return g_strdup(form);
    if (shape == VOC_SHAPE_CAPS)
        return g_utf8_strup(form, -1);
    const char *rest = g_utf8_next_char(form);
    g_autofree char *first = g_utf8_strup(form, rest - form);
    return g_strconcat(first, rest, NULL);
}

gboolean
voc_wording_is_unit(const VocWording *wording, const char *form)
{
    return (GPOINTER_TO_UINT(g_hash_table_lookup(wording->shapes, form)) & VOC_SHAPE_UNIT) != 0;
}

VocWording *
voc_wording_new(const VocCorpus *corpus)
{
    VocWording *wording = g_new0(VocWording, 1);
    guint n_terms = voc_corpus_n_terms(corpus);
    g_autofree Form *forms = count_forms(corpus);
    wording->corpus = corpus;
    wording->shapes = find_shapes(corpus);
    wording->words = g_new0(Word, (gsize)n_terms * VOC_N_LANGS + 1);
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        g_autofree Word *best = best_forms(corpus, forms, (VocLang)lang);
        for (guint32 t = 0; t < n_terms; t++)
            if (best[t].count)
                enter(wording, t, &best[t], (VocLang)lang);
    }
    return wording;
}

void
voc_wording_free(VocWording *wording)
{
    if (!wording)
        return;
    g_hash_table_unref(wording->shapes);
    g_free(wording->words);
    g_free(wording);
}

const char *
voc_wording_form(const VocWording *wording, guint32 column, VocLang lang)
{
    const Word *word = &wording->words[(gsize)column * VOC_N_LANGS + (guint)lang];
    if (!word->count)
        return NULL;
    return word->form == VOC_NO_TERM ? voc_corpus_term(wording->corpus, word->term)
                                     : voc_corpus_form(wording->corpus, word->form);
}

VocLang
voc_wording_lang(const VocWording *wording, guint32 column)
{
    const Word *words = &wording->words[(gsize)column * VOC_N_LANGS];
    VocLang best = VOC_LANG_UND;
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        if (words[lang].count > words[best].count)
            best = (VocLang)lang;
    return best;
}

const char *
voc_wording_main_form(const VocWording *wording, guint32 column)
{
    const char *form = voc_wording_form(wording, column, voc_wording_lang(wording, column));
    return form ? form : voc_corpus_term(wording->corpus, column);
}
