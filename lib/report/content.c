#include "report/content-work.h"

VocContent *
voc_content_new(const VocFacts *facts, const VocContentOptions *options, GError **error)
{
    VocContent *content = g_new0(VocContent, 1);
    VocWork work;
    content->facts = facts;
    content->options = *options;
    content->options.baseline = CLAMP(options->baseline, 1, VOC_BASELINE_MAX);
    voc_arena_init(&content->arena, 0);
    if (!voc_work_init(&work, content, error)) {
        voc_work_clear(&work);
        voc_content_free(content);
        return NULL;
    }
    voc_content_volumes(&work);
    voc_content_ratings(&work);
    voc_content_themes(&work);
    voc_content_quotes(&work);
    voc_content_cues(&work);
    voc_content_people(&work);
    if (options->actions)
        voc_content_actions(&work);
    if (options->words)
        voc_content_words(&work);
    voc_work_clear(&work);
    return content;
}

void
voc_content_free(VocContent *content)
{
    if (!content)
        return;
    voc_arena_clear(&content->arena);
    g_free(content);
}
