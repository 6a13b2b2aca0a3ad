#include <math.h>

#include "lexicon-work.h"
#include "lexicon/gold.h"
#include "lexicon/learn.h"
#include "lexicon/lists.h"

/* The texts to learn from, as they come in. */
typedef struct Collection {
    VocGold gold;
    VocSlice by;
    VocLang lang;
    VocArena arena;
    GArray *examples;    /* VocExample */
    GHashTable *sources; /* name: number + 1 */
    GPtrArray *names;
    guint without_gold, other_language;
} Collection;

gboolean
voc_lexicon_option_lang(const char *given, VocLang *lang, GError **error)
{
    *lang = voc_lang_from_name(voc_slice_from_string(given));
    if (*lang != VOC_LANG_UND && *lang != VOC_N_LANGS)
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("'%s' is no language that has a lexicon"), given);
    return FALSE;
}

static guint
source_of(Collection *collection, const VocRecord *record)
{
    const VocJson *value = collection->by.len ? voc_record_find(record, collection->by) : NULL;
    g_autofree char *name = voc_slice_dup(value ? value->text : VOC_SLICE_NONE);
    gpointer known = g_hash_table_lookup(collection->sources, name);
    if (known)
        return GPOINTER_TO_UINT(known) - 1;
    char *kept = g_steal_pointer(&name);
    g_ptr_array_add(collection->names, kept);
    g_hash_table_insert(collection->sources, kept, GUINT_TO_POINTER(collection->names->len));
    return collection->names->len - 1;
}

static gboolean
collect(void *data, VocRecord *records, guint n, GError **error)
{
    Collection *collection = data;
    (void)error;
    for (guint i = 0; i < n; i++) {
        VocSlice lang = voc_record_string(&records[i], VOC_KEY_LANG);
        VocSlice text = voc_record_string(&records[i], VOC_KEY_TEXT);
        VocExample example;
        double number;
        if (lang.len && voc_lang_from_name(lang) != collection->lang) {
            collection->other_language++;
            continue;
        }
        if (!text.len || !voc_gold_read(&collection->gold, &records[i], &example.label, &number)) {
            collection->without_gold++;
            continue;
        }
        char *kept = voc_arena_alloc0(&collection->arena, text.len + VOC_PADDING);
        memcpy(kept, text.data, text.len);
        example.text = voc_slice_of(kept, text.len);
        example.source = source_of(collection, &records[i]);
        g_array_append_val(collection->examples, example);
    }
    return TRUE;
}

static void
collection_clear(Collection *collection)
{
    voc_arena_clear(&collection->arena);
    g_array_unref(collection->examples);
    g_hash_table_unref(collection->sources);
    g_ptr_array_unref(collection->names);
}

static gboolean
collection_init(Collection *collection, const VocLexiconSettings *settings, GError **error)
{
    double negative, positive;
    *collection = (Collection){.by = voc_slice_from_string(settings->by)};
    voc_arena_init(&collection->arena, 0);
    collection->examples = g_array_new(FALSE, FALSE, sizeof(VocExample));
    collection->sources = g_hash_table_new(g_str_hash, g_str_equal);
    collection->names = g_ptr_array_new_with_free_func(g_free);
    if (!settings->gold) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    _("learn from which field? For example --gold rating.nps"));
        return FALSE;
    }
    if (!voc_option_number(settings->negative, "negative", NAN, &negative, error) ||
        !voc_option_number(settings->positive, "positive", NAN, &positive, error))
        return FALSE;
    voc_gold_init(&collection->gold, settings->gold, negative, positive);
    return voc_lexicon_option_lang(settings->lang ? settings->lang : "fi", &collection->lang, error);
}

/* --- the files that come out --- */

static gboolean
write_file(VocProgram *program, const char *path, const VocBuffer *bytes, GError **error)
{
    if (!path)
        return voc_output_write(program->out, voc_buffer_slice(bytes), error);
    g_autoptr(VocOutput) out = voc_output_create(path, FALSE, error);
    return out && voc_output_write(out, voc_buffer_slice(bytes), error) && voc_output_close(out, error);
}

static void
write_terms(const VocLearned *learned, const Collection *collection, VocBuffer *out)
{
    voc_buffer_add_printf(
        out, "# Weights learned from %u labelled texts by voc lexicon learn; see voc-lexicon(5).\n",
        learned->n_examples);
    for (guint s = 0; s < learned->n_sources; s++) {
        const char *name = g_ptr_array_index(collection->names, s);
        if (*name)
            voc_buffer_add_printf(out, "# %s: %" G_GINT64_FORMAT " texts\n", name,
                                  voc_confusion_total(&learned->held_out[s]));
    }
    voc_buffer_add_literal(out, "# They add to what the hand-written lists say. error: standard error of the "
                                "weight; count: texts that have the term.\n"
                                "term\tweight\tfeeling\terror\tcount\n");
    for (guint i = 0; i < learned->terms->len; i++) {
        const VocLearnedTerm *term = &g_array_index(learned->terms, VocLearnedTerm, i);
        voc_buffer_add_string(out, term->term);
        voc_buffer_add_char(out, '\t');
        voc_buffer_add_number(out, term->weight, 2);
        voc_buffer_add_char(out, '\t');
        voc_buffer_add_number(out, term->feeling, 2);
        voc_buffer_add_char(out, '\t');
        voc_buffer_add_number(out, term->error, 2);
        voc_buffer_add_char(out, '\t');
        voc_buffer_add_int(out, term->count);
        voc_buffer_add_char(out, '\n');
    }
}

/* What held-out texts say of the lexicon. */
static void
tell(VocProgram *program, const VocLearned *learned, const Collection *collection)
{
    voc_program_say(program, _("%u texts, %u terms learned"), learned->n_examples, learned->terms->len);
    if (collection->without_gold)
        voc_program_say(program, _("%u records without text or gold passed over"), collection->without_gold);
    if (collection->other_language)
        voc_program_say(program, _("%u records in other languages passed over"), collection->other_language);
    for (guint s = 0; s < learned->n_sources; s++) {
        const VocConfusion *held_out = &learned->held_out[s];
        const char *name = g_ptr_array_index(collection->names, s);
        char f1[G_ASCII_DTOSTR_BUF_SIZE], accuracy[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(f1, sizeof f1, "%.3f", voc_confusion_macro_f1(held_out));
        g_ascii_formatd(accuracy, sizeof accuracy, "%.3f", voc_confusion_accuracy(held_out));
        voc_program_say(program, _("held out%s%s: macro-F1 %s, accuracy %s on %" G_GINT64_FORMAT " texts"),
                        *name ? " " : "", name, f1, accuracy, voc_confusion_total(held_out));
    }
}

static VocLearned *
learn(VocProgram *program, const VocLexiconSettings *settings, const Collection *collection, GError **error)
{
    VocLearnSettings how;
    voc_learn_settings_init(&how);
    how.scales = settings->afresh;
    if (settings->min_count > 0)
        how.min_count = (guint)settings->min_count;
    if (!voc_option_number(settings->strength, "strength", how.strength, &how.strength, error))
        return NULL;
    const VocWordModel *model = voc_context_word_model(program->context, error);
    if (!model)
        return NULL;
    VocLists lists = settings->afresh ? VOC_LISTS_RULES | VOC_LISTS_WEIGHTS : VOC_LISTS_ALL;
    VocWords *words = voc_words_new(model);
    g_autoptr(VocLexicon) lexicon = voc_lexicon_new(collection->lang, words);
    VocLearned *learned = NULL;
    if (voc_lexicon_load_language(lexicon, voc_context_data_dir(program->context), lists, error))
        learned = voc_learn(lexicon, model, (const VocExample *)(void *)collection->examples->data,
                            collection->examples->len, collection->names->len, &how, NULL, NULL, error);
    voc_words_free(words);
    return learned;
}

gboolean
voc_lexicon_work_learn(VocProgram *program, const VocLexiconSettings *settings, char **operands,
                       GError **error)
{
    Collection collection;
    g_auto(VocBuffer) terms = {0}, steps = {0};
    gboolean good = collection_init(&collection, settings, error);
    g_autoptr(VocLines) lines =
        good ? voc_lines_new((const char *const *)operands, 0, program->line_buffered) : NULL;
    good = good &&
           voc_program_collect(program, voc_source_lines(lines), NULL, 0, 1, collect, &collection, error);
    g_autoptr(VocLearned) learned = good ? learn(program, settings, &collection, error) : NULL;
    good = learned != NULL;
    if (good) {
        write_terms(learned, &collection, &terms);
        voc_calibration_write(&learned->calibration, &steps);
        good = write_file(program, settings->output, &terms, error) &&
               (!settings->calibration || write_file(program, settings->calibration, &steps, error));
    }
    if (good)
        tell(program, learned, &collection);
    collection_clear(&collection);
    return good;
}
