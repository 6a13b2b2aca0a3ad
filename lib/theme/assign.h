/* The themes of a text, by the rules of a theme file.
 *
 * A text is read sentence by sentence. The weights of a theme's terms, prefixes and phrases found in a
 * sentence add up, each counted once; a sum of 1 or more makes the sentence the theme's. Sentences side by
 * side that share a theme are one segment. The theme that the whole text says most of is its own too, if the
 * sum over the text is 1 or more. */
#ifndef VOC_THEME_ASSIGN_H
#define VOC_THEME_ASSIGN_H

#include "text/words.h"
#include "theme/glossary.h"
#include "theme/themes.h"

G_BEGIN_DECLS

/* The confidence at which a theme is assigned unless the caller says otherwise. */
#define VOC_ASSIGN_CONFIDENCE 0.5
#define VOC_ASSIGN_ANY (-1.0)

/* A theme file made ready; shared by threads. */
typedef struct VocThemeModel VocThemeModel;

/* `words` brings the rules' words to their base forms, and is not needed afterwards; `themes` must outlive
 * the model. Confidence is sum / (1 + sum): below `confidence` (0: the default) a theme is not assigned. With
 * VOC_ASSIGN_ANY a text that meets any rule has the theme it says most of. With a glossary (may be NULL; not
 * needed afterwards) the terms of a theme that has terms in Finnish or in English only hold in the other
 * language too. */
VocThemeModel *voc_theme_model_new(const VocThemes *themes, double confidence, const VocGlossary *glossary,
                                   VocWords *words);
void voc_theme_model_free(VocThemeModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocThemeModel, voc_theme_model_free)

/* A theme found in a text. */
typedef struct VocAssigned {
    const VocTheme *theme; /* what merged themes are merged into stands for them */
    guint32 number;        /* its place in the file */
    float weight;          /* confidence, 0 to 1 */
    guint32 start, end;    /* the segment: code points of the text, end exclusive */
} VocAssigned;

/* A thread's assigner: it leaves its notes in the thread's word table. */
typedef struct VocAssigner VocAssigner;

/* `model` and `words` must outlive the assigner. Make it before `words` reads its first text. */
VocAssigner *voc_assigner_new(const VocThemeModel *model, VocWords *words);
void voc_assigner_free(VocAssigner *assigner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocAssigner, voc_assigner_free)

/* The themes of `text`, which the assigner's table has read; the one that most of the text speaks of comes
 * first; `*n` of them. The array lives until the next call. */
const VocAssigned *voc_assigner_assign(VocAssigner *assigner, const VocText *text, guint *n);

/* How sure the last text was of its surest theme, whatever the model's confidence: with a confidence above
 * this it has none, and with one below it has one. */
double voc_assigner_surest(const VocAssigner *assigner);

G_END_DECLS

#endif
