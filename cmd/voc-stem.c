/* voc stem: language and terms of each message. */
#include "filter.h"
#include "stage/stem.h"

static void
options(void *data, GArray *entries)
{
    VocStemSettings *settings = data;
    voc_option(entries, "stop-words", 0, G_OPTION_ARG_NONE, &settings->keep_stop_words, N_("Keep stop words"),
               NULL);
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    return voc_stage_stem_new(data, context, error);
}

const VocFilter voc_filter_stem = {
    .name = "stem",
    .summary = N_("Tell each message's language and add its terms: base forms or stems"),
    .settings_size = sizeof(VocStemSettings),
    .options = options,
    .stage = stage,
};
