/* voc theme discover, learn, update, split: themes from messages. */
#include "progress.h"
#include "theme.h"
#include "theme/discover.h"
#include "theme/learn.h"
#include "theme/update.h"

gboolean
voc_theme_pass_over(void *data, VocRecord *records, guint n, GError **error)
{
    (void)data;
    (void)records;
    (void)n;
    (void)error;
    return TRUE;
}

/* Reads all records of `paths` into a corpus; with `themes` the messages' first themes are their labels. NULL
 * and an error when that failed. */
static VocCorpus *
gather(VocProgram *program, const VocThemeOptions *options, const VocThemes *themes, const char *labels,
       char **paths, GError **error)
{
    g_autoptr(VocCorpus) corpus = voc_corpus_new((guint)options->sample);
    VocCorpusSettings settings = {labels, options->theme.one_language};
    g_autoptr(VocStage) assign =
        themes ? voc_stage_theme_with(themes, options->theme.confidence, program->context, error) : NULL;
    if (themes && !assign)
        return NULL;
    g_autoptr(VocStage) collect = voc_stage_corpus_with(corpus, &settings, program->context, error);
    if (!collect)
        return NULL;
    VocStage *stages[2] = {assign ? assign : collect, collect};
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)paths, 0, FALSE);
    guint threads = options->jobs ? (guint)MIN(options->jobs, 256) : g_get_num_processors();
    voc_progress_start(program, lines);
    gboolean good = voc_program_collect(program, voc_source_lines(lines), stages, assign ? 2 : 1, threads,
                                        voc_theme_pass_over, NULL, error);
    voc_progress_stop();
    if (!good)
        return NULL;
    voc_corpus_finish(corpus);
    return g_steal_pointer(&corpus);
}

/* The vectors that --vectors names, or none; FALSE and an error when they cannot be read. */
static gboolean
open_vectors(VocProgram *program, const VocThemeOptions *options, const VocCorpus *corpus,
             VocVectors **vectors, GError **error)
{
    *vectors = options->vectors ? voc_vectors_read(options->vectors, corpus, error) : NULL;
    if (*vectors && options->share)
        voc_program_say(program, _("%u of %u words have a vector"), (*vectors)->n_found,
                        (*vectors)->n_columns);
    return *vectors || !options->vectors;
}

static gboolean
needs_output(const VocThemeOptions *options, GError **error)
{
    return options->output || voc_theme_usage(error, _("where do the themes go? Name the file with -o"));
}

static gboolean
no_themes(GError **error)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "%s",
                _("no two messages share a word: no themes in them"));
    return FALSE;
}

/* With a seed, what it leaves unexplained, behind it. */
gboolean
voc_theme_discover(VocProgram *program, VocThemeOptions *options, char **paths, GError **error)
{
    if (!needs_output(options, error))
        return FALSE;
    g_autoptr(VocThemes) seed = options->seed ? voc_themes_read(options->seed, error) : NULL;
    if (options->seed && !seed)
        return FALSE;
    g_autoptr(VocCorpus) corpus = gather(program, options, seed, seed ? "themes" : NULL, paths, error);
    if (!corpus)
        return FALSE;
    g_autoptr(VocVectors) vectors = NULL;
    if (!open_vectors(program, options, corpus, &vectors, error))
        return FALSE;
    g_autoptr(VocThemes) themes = seed ? g_steal_pointer(&seed) : voc_themes_new();
    gboolean heads = options->levels ? options->levels == 2 : !options->k;
    VocDiscoverSettings discover = {
        .heads = heads, .k = (guint)options->k, .least = (guint)options->least, .vectors = vectors};
    guint found = voc_discover_rest(themes, corpus, &discover);
    return (found || options->seed || no_themes(error)) &&
           voc_theme_save(themes, options, options->output, error);
}

gboolean
voc_theme_learn(VocProgram *program, VocThemeOptions *options, char **paths, GError **error)
{
    if (!needs_output(options, error))
        return FALSE;
    if (!options->gold)
        return voc_theme_usage(error, _("which field holds the label? Name it with --gold"));
    g_autoptr(VocCorpus) corpus = gather(program, options, NULL, options->gold, paths, error);
    if (!corpus)
        return FALSE;
    VocThemeLearning learn = {.least = (guint)options->least};
    g_autoptr(VocThemes) themes = voc_themes_learn(corpus, &learn, error);
    return themes && voc_theme_save(themes, options, options->output, error);
}

static void
tell_update(const VocThemes *themes, const VocUpdate *update, VocBuffer *out)
{
    voc_buffer_add_printf(out, _("%u of %u messages had no theme\n"), update->unexplained, update->texts);
    for (guint i = themes->themes->len - update->added; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        voc_buffer_add_printf(out, _("new: [%s] %s, %s\n"), theme->id, voc_theme_name(theme, VOC_LANG_FI),
                              voc_theme_get(theme, "evidence"));
    }
    for (guint i = 0; i < update->drifts->len; i++) {
        const VocDrift *drift = &g_array_index(update->drifts, VocDrift, i);
        voc_buffer_add_printf(out, _("drift: [%s] \"%s\" in %u of its %u messages\n"), drift->theme->id,
                              drift->word, drift->with, drift->of);
    }
}

gboolean
voc_theme_update(VocProgram *program, VocThemeOptions *options, char **paths, GError **error)
{
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    if (!themes)
        return FALSE;
    g_autoptr(VocCorpus) corpus = gather(program, options, themes, "themes", paths, error);
    const VocWordModel *model = corpus ? voc_context_word_model(program->context, error) : NULL;
    if (!model)
        return FALSE;
    g_auto(VocBuffer) report = VOC_BUFFER_INIT;
    VocUpdate update;
    VocWords *words = voc_words_new(model);
    voc_themes_update(themes, corpus, (guint)options->least, words, &update);
    voc_words_free(words);
    tell_update(themes, &update, &report);
    voc_update_clear(&update);
    return voc_output_write(program->out, voc_buffer_slice(&report), error) &&
           voc_output_flush(program->out, error) && voc_theme_save_edited(themes, options, error);
}

gboolean
voc_theme_split(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    if (!themes)
        return FALSE;
    const char *id = operands[0];
    if (!id || !voc_themes_find(themes, id))
        return voc_theme_usage(error,
                               id ? _("split: there is no theme of that id") : _("split: which theme?"));
    g_autoptr(VocCorpus) corpus = gather(program, options, themes, "themes", operands + 1, error);
    if (!corpus)
        return FALSE;
    guint32 label = 0;
    while (label < voc_corpus_n_labels(corpus) && strcmp(voc_corpus_label_name(corpus, label), id) != 0)
        label++;
    g_autoptr(VocVectors) vectors = NULL;
    if (!open_vectors(program, options, corpus, &vectors, error))
        return FALSE;
    g_autoptr(VocMatrix) own = voc_corpus_label_matrix(corpus, label);
    VocDiscoverSettings split = {
        .k = (guint)options->k, .least = (guint)options->least, .parent = id, .vectors = vectors};
    return (voc_discover_more(themes, corpus, own, &split) || no_themes(error)) &&
           voc_theme_save_edited(themes, options, error);
}
