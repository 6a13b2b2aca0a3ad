/* voc score: sentiment of each message, with the words that made it. */
#include "filter.h"
#include "stage/score.h"

static void
options(void *data, GArray *entries)
{
    VocScoreSettings *settings = data;
    voc_option(entries, "lexicon", 'l', G_OPTION_ARG_FILENAME_ARRAY, &settings->lexicons,
               N_("Add a lexicon: term, weight, note in columns; its weights win over the shipped ones"),
               N_("FILE"));
    voc_option(entries, "only", 0, G_OPTION_ARG_NONE, &settings->only,
               N_("Score with the given lexicons, without the shipped weights"), NULL);
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    return voc_stage_score_new(data, context, error);
}

static void
clear(void *data)
{
    VocScoreSettings *settings = data;
    g_strfreev(settings->lexicons);
}

const VocFilter voc_filter_score = {
    .name = "score",
    .summary = N_("Score each message's sentiment against lexicons, and say which words made it"),
    .settings_size = sizeof(VocScoreSettings),
    .options = options,
    .stage = stage,
    .clear = clear,
};
