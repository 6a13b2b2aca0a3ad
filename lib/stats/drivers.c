#include "stats/drivers.h"

#include <math.h>

double
voc_drivers_leave_out(double n_theme, double score_theme, double n, double score)
{
    if (!(n_theme > 0) || !(n_theme < n))
        return NAN;
    return n_theme * (score_theme - score) / (n - n_theme);
}

static VocDriverCell
total(const VocDriverCell *cells, gsize n)
{
    VocDriverCell all = {0, 0};
    for (gsize i = 0; i < n; i++) {
        all.weight += cells[i].weight;
        all.sum += cells[i].sum;
    }
    return all;
}

gboolean
voc_drivers_split(const VocDriverCell *before, const VocDriverCell *after, gsize n, VocDriverEffect *effects)
{
    VocDriverCell all0 = total(before, n), all1 = total(after, n);
    if (!(all0.weight > 0) || !(all1.weight > 0))
        return FALSE;
    double centre = (all0.sum / all0.weight + all1.sum / all1.weight) / 2;
    for (gsize i = 0; i < n; i++) {
        VocDriverEffect *e = &effects[i];
        e->share_before = before[i].weight / all0.weight;
        e->share_after = after[i].weight / all1.weight;
        e->score_before = before[i].weight > 0 ? before[i].sum / before[i].weight : NAN;
        e->score_after = after[i].weight > 0 ? after[i].sum / after[i].weight : NAN;
        e->contribution_before = before[i].sum / all0.weight;
        e->contribution_after = after[i].sum / all1.weight;
        double s0 = isnan(e->score_before) ? e->score_after : e->score_before;
        double s1 = isnan(e->score_after) ? e->score_before : e->score_after;
        if (isnan(s0))
            s0 = s1 = 0;
        double growth = e->share_after - e->share_before, mean = (s0 + s1) / 2;
        e->by_score = (e->share_before + e->share_after) / 2 * (s1 - s0);
        e->by_share = mean * growth;
        e->by_share_centred = growth != 0 ? (mean - centre) * growth : 0;
    }
    return TRUE;
}
