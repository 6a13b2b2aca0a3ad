/* Many tests at once: the Benjamini-Hochberg procedure (1995). */
#ifndef VOC_STATS_FDR_H
#define VOC_STATS_FDR_H

#include <glib.h>

G_BEGIN_DECLS

/* Writes to q[i] the smallest false discovery rate at which p[i] would be called significant. A p that is NaN
 * was not tested: it does not count, and its q is NaN. `p` and `q` may be the same array. */
void voc_fdr_adjust(const double *p, double *q, gsize n);

G_END_DECLS

#endif
