/* How well themes' words go together, without gold. */
#ifndef VOC_THEME_COHERENCE_H
#define VOC_THEME_COHERENCE_H

#include "text/words.h"
#include "theme/themes.h"

G_BEGIN_DECLS

/* Counts, over texts, how often themes' words come together. */
typedef struct VocCoherence VocCoherence;

/* Looks at the first `top` term lines of every theme (10 is usual). `themes` and `words` must outlive it. */
VocCoherence *voc_coherence_new(const VocThemes *themes, guint top, VocWords *words);
void voc_coherence_free(VocCoherence *coherence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCoherence, voc_coherence_free)

void voc_coherence_add(VocCoherence *coherence, const VocText *text);

/* The mean over pairs of a theme's words of NPMI = ln(p(a,b) / (p(a) p(b))) / -ln p(a,b), with p the share of
 * texts; -1 for a pair that never meets (Bouma 2009; Lau, Newman, Baldwin 2014). NaN with fewer than two
 * words. */
double voc_coherence_npmi(const VocCoherence *coherence, guint theme);

/* The mean over themes that have one; NaN when none has. */
double voc_coherence_mean(const VocCoherence *coherence);

/* Different words over all words of the themes (Dieng, Ruiz, Blei 2020): 1 when no two themes share one. */
double voc_coherence_diversity(const VocCoherence *coherence);

G_END_DECLS

#endif
