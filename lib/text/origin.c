#include "text/origin.h"

void
voc_origin_reset(VocOrigin *origin)
{
    if (origin->points)
        g_array_set_size(origin->points, 0);
}

void
voc_origin_clear(VocOrigin *origin)
{
    g_clear_pointer(&origin->points, g_array_unref);
}

void
voc_origin_add(VocOrigin *origin, gsize at, gsize from)
{
    if (!origin->points)
        origin->points = g_array_new(FALSE, FALSE, sizeof(VocOriginPoint));
    VocOriginPoint *last = NULL;
    if (origin->points->len) {
        last = &g_array_index(origin->points, VocOriginPoint, origin->points->len - 1);
        from = MAX(from, last->from);
    }
    if (last && last->at == at) {
        last->from = from;
        return;
    }
    VocOriginPoint point = {at, from};
    g_array_append_val(origin->points, point);
}

gsize
voc_origin_of(const VocOrigin *origin, gsize at)
{
    if (!origin->points || !origin->points->len)
        return at;
    const VocOriginPoint *points = (const VocOriginPoint *)(const void *)origin->points->data;
    guint low = 0,
          high = origin->points->len; /* the last point at or before `at` is in [low - 1, high - 1] */
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (points[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return MIN(at, points[0].from);
    gsize from = points[low - 1].from + (at - points[low - 1].at);
    return low < origin->points->len ? MIN(from, points[low].from) : from;
}
