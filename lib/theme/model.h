/* What a theme model is made of: for the files that build it and read it. */
#ifndef VOC_THEME_MODEL_H
#define VOC_THEME_MODEL_H

#include "base/buffer.h"
#include "theme/assign.h"

G_BEGIN_DECLS

/* A phrase has this many words at most. */
#define VOC_RULE_ELEMENTS 8u

/* What a rule asks for in one language: elements side by side. */
typedef struct VocThemeUse {
    guint32 theme;
    guint32 rule; /* numbered over the file: a rule counts once a sentence */
    float weight;
    gboolean excludes;
    guint32 n;
    guint32 elements[VOC_RULE_ELEMENTS];
} VocThemeUse;

struct VocThemeModel {
    const VocThemes *themes;
    const VocTheme **target; /* of each theme: what it is merged into */
    guint32 *parent;         /* of each theme, index or G_MAXUINT32 */
    float *bias;             /* of each theme */
    guint32 likeliest;       /* the theme of the greatest bias, where themes have one; G_MAXUINT32: none */
    guint n_rules;
    float least;          /* sum of weights that a sentence must have */
    float least_of_all;   /* and a whole text */
    GHashTable *elements; /* kind, language and form: number */
    GPtrArray *starts;    /* by element: GPtrArray of VocThemeUse that begin with it */
    GPtrArray *uses;
    gboolean prefix_length[256];
};

/* The key of an element into `key`: a word's base form (kind 'b') or a prefix (kind '*'), in a language. */
void voc_theme_element_key(VocBuffer *key, char kind, VocLang lang, VocSlice form);

/* The confidence at which a sum of weights is just enough. */
double voc_theme_confidence(float sum);

G_END_DECLS

#endif
