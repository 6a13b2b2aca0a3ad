#include "report/chain.h"

#include "io/output.h"
#include "report/facts-record.h"
#include "stage/clean.h"
#include "stage/redact.h"
#include "stage/score.h"
#include "stage/stem.h"
#include "stage/tag.h"
#include "stage/theme.h"
#include "stage/unless.h"
#include "theme/discover.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct Chain {
    VocContext *context;
    const VocChainSettings *settings;
    VocFacts *facts;
    VocChainReject reject;
    void *data;
    VocOutput *kept; /* records that wait for their themes */
    gboolean themed; /* a record had themes of its own */
} Chain;

static gboolean
on_reject(void *data, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    Chain *chain = data;
    return chain->reject(chain->data, file, line, reason, raw, error);
}

static gboolean
on_facts(void *data, VocRecord *records, guint n, GError **error)
{
    Chain *chain = data;
    (void)error;
    for (guint i = 0; i < n; i++)
        if (!records[i].dropped)
            voc_facts_add_record(chain->facts, &records[i]);
    return TRUE;
}

static gboolean
on_keep(void *data, VocRecord *records, guint n, GError **error)
{
    Chain *chain = data;
    g_auto(VocBuffer) lines = VOC_BUFFER_INIT;
    for (guint i = 0; i < n; i++) {
        if (records[i].dropped)
            continue;
        chain->themed |= voc_record_has(&records[i], VOC_KEY_THEMES);
        voc_record_write(&records[i], &lines);
    }
    return voc_output_write(chain->kept, voc_buffer_slice(&lines), error);
}

static void
free_stage(gpointer stage)
{
    voc_stage_free(stage);
}

static gboolean
run(Chain *chain, VocSource source, GPtrArray *stages, gboolean keep, GError **error)
{
    VocSink sink = {.data = chain, .records = keep ? on_keep : on_facts, .reject = on_reject};
    return voc_runner_run(chain->context, source, (VocStage *const *)stages->pdata, stages->len,
                          chain->settings->threads, &sink, error);
}

/* Adds `stage`, taken; FALSE when there is none. */
static gboolean
add(GPtrArray *stages, VocStage *stage)
{
    if (stage)
        g_ptr_array_add(stages, stage);
    return stage != NULL;
}

/* A record whose text others have worked on must keep it. */
static VocStage *
clean_new(VocContext *context, GError **error)
{
    VocCleanSettings settings = {0};
    return voc_stage_unless(VOC_KEY_SCORE,
                            voc_stage_unless(VOC_KEY_THEMES, voc_stage_clean_new(&settings, context, error)));
}

/* What all records go through before their themes. NULL on failure. */
static GPtrArray *
first_stages(Chain *chain, GError **error)
{
    GPtrArray *stages = g_ptr_array_new_with_free_func(free_stage);
    VocContext *context = chain->context;
    VocRedactSettings redact = {.text_only = TRUE};
    VocStemSettings stem = {0};
    VocScoreSettings score = {0};
    VocTagSettings tag = {0};
    if (!add(stages, clean_new(context, error)) ||
        (!chain->settings->unmasked && !add(stages, voc_stage_redact_new(&redact, context, error))) ||
        !add(stages, voc_stage_unless(VOC_KEY_LANG, voc_stage_stem_new(&stem, context, error))) ||
        !add(stages, voc_stage_unless(VOC_KEY_SCORE, voc_stage_score_new(&score, context, error))) ||
        !add(stages, voc_stage_unless(VOC_KEY_CUES, voc_stage_tag_new(&tag, context, error))))
        g_clear_pointer(&stages, g_ptr_array_unref);
    return stages;
}

static VocName
intern(VocFacts *facts, const char *text)
{
    return voc_facts_intern(facts, voc_slice_from_string(text));
}

void
voc_facts_describe_themes(VocFacts *facts, const VocThemes *themes)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        voc_facts_describe_theme(facts, (VocThemeFacts){.id = intern(facts, theme->id),
                                                        .name_fi = intern(facts, theme->names[VOC_LANG_FI]),
                                                        .name_en = intern(facts, theme->names[VOC_LANG_EN]),
                                                        .owner = intern(facts, theme->owner),
                                                        .hidden = theme->state == VOC_THEME_HIDDEN});
    }
}

/* One pass: the themes are known. */
static gboolean
run_with(Chain *chain, VocSource source, const VocThemes *themes, GError **error)
{
    g_autoptr(GPtrArray) stages = first_stages(chain, error);
    VocStage *theme =
        stages ? voc_stage_unless(VOC_KEY_THEMES, voc_stage_theme_with(themes, 0, chain->context, error))
               : NULL;
    if (!theme)
        return FALSE;
    g_ptr_array_add(stages, theme);
    return run(chain, source, stages, FALSE, error);
}

/* The records again, with the themes found in them; without any where nothing could be found. */
static gboolean
run_again(Chain *chain, const char *path, const VocThemes *themes, GError **error)
{
    const char *const paths[] = {path, NULL};
    g_autoptr(VocLines) lines = voc_lines_new(paths, 0, FALSE);
    g_autoptr(GPtrArray) stages = g_ptr_array_new_with_free_func(free_stage);
    if (themes) {
        VocStage *theme =
            voc_stage_unless(VOC_KEY_THEMES, voc_stage_theme_with(themes, 0, chain->context, error));
        if (!theme)
            return FALSE;
        g_ptr_array_add(stages, theme);
    }
    return run(chain, voc_source_lines(lines), stages, FALSE, error);
}

/* An unnamed file: its descriptor, or -1. */
static int
open_unnamed(GError **error)
{
    g_autofree char *name = NULL;
    g_autoptr(GError) problem = NULL;
    int fd = g_file_open_tmp("voc-XXXXXX", &name, &problem);
    if (fd < 0) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_FATAL, problem->message);
        return -1;
    }
    g_unlink(name);
    return fd;
}

/* NULL where there is nothing to find. */
static VocThemes *
discover(VocCorpus *corpus)
{
    VocDiscoverSettings settings = {0};
    voc_corpus_finish(corpus);
    return voc_discover(corpus, &settings, NULL);
}

/* Two passes: the records are kept while their texts are gathered, then given the themes found. */
static gboolean
run_and_discover(Chain *chain, VocSource source, GError **error)
{
    int fd = open_unnamed(error);
    if (fd < 0)
        return FALSE;
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    g_autoptr(VocCorpus) corpus = voc_corpus_new(0);
    g_autoptr(GPtrArray) stages = first_stages(chain, error);
    VocStage *gather = stages ? voc_stage_corpus_new(corpus, chain->context, error) : NULL;
    gboolean good = gather != NULL;
    if (gather)
        g_ptr_array_add(stages, gather);
    chain->kept = voc_output_new(dup(fd), "temporary file", FALSE);
    good = good && run(chain, source, stages, TRUE, error) && voc_output_close(chain->kept, error);
    voc_output_free(chain->kept);
    g_autoptr(VocThemes) themes = good && !chain->themed ? discover(corpus) : NULL;
    if (themes)
        voc_facts_describe_themes(chain->facts, themes);
    good = good && run_again(chain, path, themes, error);
    close(fd);
    return good;
}

gboolean
voc_chain_run(VocContext *context, VocSource source, const VocChainSettings *settings, VocFacts *facts,
              VocChainReject reject, void *data, GError **error)
{
    Chain chain = {.context = context, .settings = settings, .facts = facts, .reject = reject, .data = data};
    if (!settings->themes)
        return run_and_discover(&chain, source, error);
    g_autoptr(VocThemes) themes = voc_themes_read(settings->themes, error);
    if (!themes)
        return FALSE;
    voc_facts_describe_themes(facts, themes);
    return run_with(&chain, source, themes, error);
}
