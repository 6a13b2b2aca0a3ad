/* What the stages of one run share: where the data lie, how words are analysed, and each thread's own tools.
 */
#ifndef VOC_STAGE_CONTEXT_H
#define VOC_STAGE_CONTEXT_H

#include "io/json.h"
#include "text/words.h"

G_BEGIN_DECLS

/* Shared by all threads. Made once a run; the models it holds are loaded when a stage first asks. */
typedef struct VocContext VocContext;

/* `data_dir` is the folder that holds `lexicons` and `data`; copied. */
VocContext *voc_context_new(const char *data_dir);
void voc_context_free(VocContext *context);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocContext, voc_context_free)

const char *voc_context_data_dir(const VocContext *context);

/* How Finnish words are brought to a base form, and the file that keeps answers between runs (NULL: none;
 * copied); before the first voc_context_word_model(). */
void voc_context_set_morphology(VocContext *context, VocMorphology morphology, const char *cache_path);

/* Keeps for the next run what this one has learnt; FALSE and an error when that cannot be written. */
gboolean voc_context_save(VocContext *context, GError **error);

/* What the word tables stand on (language profile, spoken forms, stop words), loaded at the first call; NULL
 * and an error when a file is missing or broken. Not for concurrent first calls: ask while stages are made.
 */
const VocWordModel *voc_context_word_model(VocContext *context, GError **error);

/* A thread of the runner: the parser and the word table that its stages share. */
typedef struct VocThread VocThread;

VocThread *voc_thread_new(VocContext *context);
void voc_thread_free(VocThread *thread);
VocJsonReader *voc_thread_reader(VocThread *thread);

/* The thread's word table, made at the first call; NULL and an error when the word model cannot be loaded. */
VocWords *voc_thread_words(VocThread *thread, GError **error);

/* Called between batches: lets the word table forget when it has grown over its bound. */
void voc_thread_settle(VocThread *thread);

G_END_DECLS

#endif
