#include "lexicon/lists.h"

#include <math.h>

/* Where a file's columns stand; -1: it has none. */
typedef struct Columns {
    int value, feeling;
} Columns;

/* A first row that begins with `term` names the columns. */
static gboolean
read_header(const VocTsv *tsv, Columns *columns)
{
    if (!voc_slice_equal_string(tsv->cell[0], "term"))
        return FALSE;
    *columns = (Columns){-1, -1};
    for (guint i = 1; i < tsv->n; i++) {
        if (voc_slice_equal_string(tsv->cell[i], "weight") || voc_slice_equal_string(tsv->cell[i], "value"))
            columns->value = (int)i;
        if (voc_slice_equal_string(tsv->cell[i], "feeling"))
            columns->feeling = (int)i;
    }
    return TRUE;
}

static gboolean
read_number(const VocTsv *tsv, int column, double *value, GError **error)
{
    *value = 0;
    if (column < 0)
        return TRUE;
    if (voc_tsv_number(tsv, (guint)column, value) && isfinite(*value))
        return TRUE;
    return voc_tsv_fail(tsv, error, "'%.*s' is no number (a decimal point, not a comma)",
                        (int)tsv->cell[column].len, tsv->cell[column].data);
}

static gboolean
load_row(VocLexicon *lexicon, const VocTsv *tsv, const Columns *columns, VocEffect effect, const char *path,
         GError **error)
{
    double value = 0, feeling = 0;
    gboolean numbers = effect == VOC_EFFECT_WEIGHT || effect == VOC_EFFECT_SCALE;
    if (columns->feeling >= 0)
        effect = VOC_EFFECT_LEARNED;
    if (numbers && (!read_number(tsv, columns->value, &value, error) ||
                    !read_number(tsv, columns->feeling, &feeling, error)))
        return FALSE;
    if (effect == VOC_EFFECT_BUT && voc_slice_equal_string(tsv->cell[1], "although"))
        effect = VOC_EFFECT_ALTHOUGH;
    if (effect == VOC_EFFECT_WEIGHT)
        feeling = fabs(value);
    if (!voc_lexicon_add(lexicon, effect, tsv->cell[0], value, feeling, path, tsv->line))
        return voc_tsv_fail(tsv, error, "a term has 1 to %d words",
                            effect == VOC_EFFECT_LEARNED ? 2 : VOC_TERM_MAX);
    return TRUE;
}

gboolean
voc_lexicon_load(VocLexicon *lexicon, const char *path, VocEffect effect, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    Columns columns = {1, -1};
    const char *kept = g_intern_string(path);
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    for (gboolean first = TRUE; voc_tsv_next(&tsv); first = FALSE) {
        if (first && read_header(&tsv, &columns))
            continue;
        if (!load_row(lexicon, &tsv, &columns, effect, kept, error))
            return FALSE;
    }
    return TRUE;
}

static char *
list_path(const char *data_dir, const char *folder, const char *name)
{
    char *path = g_build_filename(data_dir, "lexicons", folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return path;
    g_free(path);
    return NULL;
}

gboolean
voc_lexicon_load_language(VocLexicon *lexicon, const char *data_dir, VocLists lists, GError **error)
{
    static const struct {
        VocLists list;
        const char *name;
        VocEffect effect;
    } LISTS[] = {{VOC_LISTS_WEIGHTS, "sentiment.tsv", VOC_EFFECT_WEIGHT},
                 {VOC_LISTS_RULES, "negators.tsv", VOC_EFFECT_NEGATE},
                 {VOC_LISTS_RULES, "intensifiers.tsv", VOC_EFFECT_SCALE},
                 {VOC_LISTS_RULES, "contrast.tsv", VOC_EFFECT_BUT},
                 {VOC_LISTS_RULES, "neutral.tsv", VOC_EFFECT_NEUTRAL},
                 {VOC_LISTS_LEARNED, "learned.tsv", VOC_EFFECT_WEIGHT}};
    const char *folder = voc_lang_name(voc_lexicon_lang(lexicon));
    for (guint i = 0; i < G_N_ELEMENTS(LISTS); i++) {
        g_autofree char *path = lists & LISTS[i].list ? list_path(data_dir, folder, LISTS[i].name) : NULL;
        if (path && !voc_lexicon_load(lexicon, path, LISTS[i].effect, error))
            return FALSE;
    }
    g_autofree char *emoji = lists & VOC_LISTS_WEIGHTS ? list_path(data_dir, "common", "emoji.tsv") : NULL;
    if (emoji && !voc_lexicon_load(lexicon, emoji, VOC_EFFECT_WEIGHT, error))
        return FALSE;
    g_autofree char *steps =
        lists & VOC_LISTS_CALIBRATION ? list_path(data_dir, folder, "calibration.tsv") : NULL;
    return !steps || voc_calibration_load(voc_lexicon_calibration(lexicon), steps, error);
}

gboolean
voc_lexicon_load_own(VocLexicon *lexicon, const char *path, GError **error)
{
    guint before = voc_lexicon_size(lexicon);
    if (!voc_lexicon_load(lexicon, path, VOC_EFFECT_WEIGHT, error))
        return FALSE;
    for (guint i = before; i < voc_lexicon_size(lexicon); i++) {
        const VocEntry *entry = voc_lexicon_entry(lexicon, i);
        if (entry && entry->effect == VOC_EFFECT_WEIGHT)
            voc_lexicon_remove(lexicon, VOC_EFFECT_LEARNED, entry->term);
    }
    return TRUE;
}

VocLexicon *
voc_lexicon_for_scoring(VocLang lang, VocWords *words, const char *data_dir, char *const *own, gboolean only,
                        GError **error)
{
    g_autoptr(VocLexicon) lexicon = voc_lexicon_new(lang, words);
    if (!voc_lexicon_load_language(lexicon, data_dir, only ? VOC_LISTS_RULES : VOC_LISTS_ALL, error))
        return NULL;
    for (; own && *own; own++)
        if (!voc_lexicon_load_own(lexicon, *own, error))
            return NULL;
    voc_lexicon_freeze(lexicon);
    return g_steal_pointer(&lexicon);
}
