/* What customers come back about: the sequels of a theme in others' journeys. */
#include "report/journey.h"

#define DAY ((gint64)86400)

static int
most_first(gconstpointer a, gconstpointer b)
{
    const VocJourneyStep *x = a, *y = b;
    if (x->k != y->k)
        return x->k > y->k ? -1 : 1;
    return x->theme < y->theme ? -1 : x->theme > y->theme;
}

static void
add_step(GArray *steps, VocName theme)
{
    for (guint i = 0; i < steps->len; i++)
        if (g_array_index(steps, VocJourneyStep, i).theme == theme) {
            g_array_index(steps, VocJourneyStep, i).k++;
            return;
        }
    VocJourneyStep step = {theme, 1};
    g_array_append_val(steps, step);
}

static gboolean
is_on(const VocJourneyContact *contact, VocName theme)
{
    for (guint i = 0; i < contact->n_themes; i++)
        if (contact->themes[i] == theme)
            return TRUE;
    return FALSE;
}

/* `theme` 0: after any contact. */
static void
count(const VocJourneys *journeys, VocName theme, VocName customer, VocJourneyNext *next)
{
    next->after = theme;
    for (gsize i = 0; i < journeys->contacts->len; i++) {
        const VocJourneyContact *contact = voc_journeys_at(journeys, i), *after = NULL;
        if (!contact->customer || contact->customer == customer || (theme && !is_on(contact, theme)))
            continue;
        if (i + 1 < journeys->contacts->len)
            after = voc_journeys_at(journeys, i + 1);
        if (after &&
            (after->customer != contact->customer || after->first - contact->last > VOC_JOURNEY_TURN * DAY))
            after = NULL;
        /* A contact near the end of the data has not had its time to be followed; counting only those that
         * were would make everybody return. */
        if (journeys->end - contact->last < VOC_JOURNEY_TURN * DAY)
            continue;
        next->contacts++;
        if (!after)
            continue;
        next->returned++;
        add_step(next->steps, after->n_themes ? after->themes[0] : 0);
    }
    g_array_sort(next->steps, most_first);
}

void
voc_journeys_next(const VocJourneys *journeys, VocName theme, VocName customer, VocJourneyNext *next)
{
    *next = (VocJourneyNext){.steps = g_array_new(FALSE, FALSE, sizeof(VocJourneyStep))};
    count(journeys, theme, customer, next);
    if (!theme || next->returned >= VOC_JOURNEY_SUPPORT)
        return;
    g_array_unref(next->steps);
    *next = (VocJourneyNext){.steps = g_array_new(FALSE, FALSE, sizeof(VocJourneyStep))};
    count(journeys, 0, customer, next);
}

void
voc_journey_next_clear(VocJourneyNext *next)
{
    g_clear_pointer(&next->steps, g_array_unref);
}
