#include "lexicon/lists.h"

#include "lexicon/formats.h"

static gboolean
load_rows(VocLexicon *lexicon, VocLexiconFile *file, const char *path, GError **error)
{
    VocLexiconRow row;
    VocRowKind kind;
    while ((kind = voc_lexicon_file_next(file, &row, error)) == VOC_ROW_GOOD)
        if (!voc_lexicon_add(lexicon, row.effect, row.term, row.value, row.feeling, path, file->tsv.line))
            return voc_tsv_fail(&file->tsv, error, "a term has 1 to %d words",
                                row.effect == VOC_EFFECT_LEARNED ? 2 : VOC_TERM_MAX);
    return kind == VOC_ROW_END;
}

gboolean
voc_lexicon_load(VocLexicon *lexicon, const char *path, VocEffect effect, GError **error)
{
    g_auto(VocLexiconFile) file = {0};
    return voc_lexicon_file_open(&file, path, effect, error) &&
           load_rows(lexicon, &file, g_intern_string(path), error);
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

/* The path of what was learned: on stems where there are no base forms, if there is such a list. */
static char *
learned_path(const VocLexicon *lexicon, const char *data_dir, const char *name, const char *on_stems)
{
    const char *folder = voc_lang_name(voc_lexicon_lang(lexicon));
    char *path = voc_lexicon_on_stems(lexicon) ? list_path(data_dir, folder, on_stems) : NULL;
    return path ? path : list_path(data_dir, folder, name);
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
                 {VOC_LISTS_RULES, "neutral.tsv", VOC_EFFECT_NEUTRAL}};
    const char *folder = voc_lang_name(voc_lexicon_lang(lexicon));
    for (guint i = 0; i < G_N_ELEMENTS(LISTS); i++) {
        g_autofree char *path = lists & LISTS[i].list ? list_path(data_dir, folder, LISTS[i].name) : NULL;
        if (path && !voc_lexicon_load(lexicon, path, LISTS[i].effect, error))
            return FALSE;
    }
    g_autofree char *learned = lists & VOC_LISTS_LEARNED
                                   ? learned_path(lexicon, data_dir, "learned.tsv", "learned-stems.tsv")
                                   : NULL;
    if (learned && !voc_lexicon_load(lexicon, learned, VOC_EFFECT_WEIGHT, error))
        return FALSE;
    g_autofree char *emoji = lists & VOC_LISTS_WEIGHTS ? list_path(data_dir, "common", "emoji.tsv") : NULL;
    if (emoji && !voc_lexicon_load(lexicon, emoji, VOC_EFFECT_WEIGHT, error))
        return FALSE;
    g_autofree char *steps = lists & VOC_LISTS_CALIBRATION
                                 ? learned_path(lexicon, data_dir, "calibration.tsv", "calibration-stems.tsv")
                                 : NULL;
    return !steps || voc_calibration_load(voc_lexicon_calibration(lexicon), steps, error);
}

void
voc_lexicon_give_way(VocLexicon *lexicon, const VocEntry *own)
{
    if (own->n != 1 || !own->term.len || own->term.data[0] == '=')
        return;
    g_autofree char *form = g_strdup_printf("=%.*s", (int)own->term.len, own->term.data);
    const VocEntry *other = voc_lexicon_find(lexicon, VOC_EFFECT_WEIGHT, voc_slice_from_string(form));
    if (other && other->path != own->path)
        voc_lexicon_remove(lexicon, VOC_EFFECT_WEIGHT, other->term);
}

static gboolean
load_any(VocLexicon *lexicon, const char *path, GError **error)
{
    g_auto(VocLexiconFile) file = {0};
    const char *kept = g_intern_string(path);
    if (!voc_lexicon_file_open_any(&file, path, error) || !load_rows(lexicon, &file, kept, error))
        return FALSE;
    for (guint i = 0; i < voc_lexicon_size(lexicon); i++) {
        const VocEntry *entry = voc_lexicon_entry(lexicon, i);
        if (!entry || entry->effect != VOC_EFFECT_WEIGHT || entry->path != kept)
            continue;
        voc_lexicon_remove(lexicon, VOC_EFFECT_LEARNED, entry->term);
        voc_lexicon_give_way(lexicon, entry);
    }
    return TRUE;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *
voc_lexicon_folder_lists(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) folder = g_dir_open(path, 0, &cause);
    if (!folder) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", cause->message);
        return NULL;
    }
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder));)
        if (voc_lexicon_file_is_known(name))
            g_ptr_array_add(lists, g_build_filename(path, name, NULL));
    g_ptr_array_sort(lists, by_name);
    if (lists->len)
        return g_steal_pointer(&lists);
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL,
                "%s: no list of a lexicon in this folder (EmotionLookupTable.txt, sentiment.tsv ...)", path);
    return NULL;
}

gboolean
voc_lexicon_load_own(VocLexicon *lexicon, const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_DIR))
        return load_any(lexicon, path, error);
    g_autoptr(GPtrArray) lists = voc_lexicon_folder_lists(path, error);
    for (guint i = 0; lists && i < lists->len; i++)
        if (!load_any(lexicon, g_ptr_array_index(lists, i), error))
            return FALSE;
    return lists != NULL;
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
