#include "stage/context.h"

struct VocContext {
    char *data_dir;
    VocMorphology morphology;
    char *cache_path;
    VocWordModel *words;
};

struct VocThread {
    VocContext *context;
    VocJsonReader *reader;
    VocWords *words;
};

VocContext *
voc_context_new(const char *data_dir)
{
    VocContext *context = g_new0(VocContext, 1);
    context->data_dir = g_strdup(data_dir);
    return context;
}

void
voc_context_free(VocContext *context)
{
    if (!context)
        return;
    g_clear_pointer(&context->words, voc_word_model_free);
    g_free(context->data_dir);
    g_free(context->cache_path);
    g_free(context);
}

const char *
voc_context_data_dir(const VocContext *context)
{
    return context->data_dir;
}

void
voc_context_set_morphology(VocContext *context, VocMorphology morphology, const char *cache_path)
{
    context->morphology = morphology;
    g_free(context->cache_path);
    context->cache_path = g_strdup(cache_path);
}

gboolean
voc_context_save(VocContext *context, GError **error)
{
    return !context->words || voc_word_model_save(context->words, error);
}

const VocWordModel *
voc_context_word_model(VocContext *context, GError **error)
{
    if (!context->words)
        context->words =
            voc_word_model_load(context->data_dir, context->morphology, context->cache_path, error);
    return context->words;
}

VocThread *
voc_thread_new(VocContext *context)
{
    VocThread *thread = g_new0(VocThread, 1);
    thread->context = context;
    thread->reader = voc_json_reader_new();
    return thread;
}

void
voc_thread_free(VocThread *thread)
{
    if (!thread)
        return;
    g_clear_pointer(&thread->words, voc_words_free);
    voc_json_reader_free(thread->reader);
    g_free(thread);
}

VocJsonReader *
voc_thread_reader(VocThread *thread)
{
    return thread->reader;
}

VocWords *
voc_thread_words(VocThread *thread, GError **error)
{
    if (!thread->words) {
        const VocWordModel *model = voc_context_word_model(thread->context, error);
        if (model)
            thread->words = voc_words_new(model);
    }
    return thread->words;
}

void
voc_thread_settle(VocThread *thread)
{
    if (thread->words)
        voc_words_settle(thread->words);
}
