#include "report/journey-judge.h"

#include "stats/nps.h"

#include <math.h>

#define DAY ((gint64)86400)

static VocJourneyContact *
contact_at(VocJourneys *journeys, gsize i)
{
    return &g_array_index(journeys->contacts, VocJourneyContact, i);
}

static const VocFact *
row_of(const VocJourneys *journeys, const VocJourneyContact *contact, gsize i)
{
    return voc_facts_at(journeys->facts, g_array_index(journeys->rows, gsize, contact->row + i));
}

static int
mood_of(double score)
{
    return score <= -0.2 ? -1 : score >= 0.2 ? 1 : 0;
}

static int
mood(const VocJourneyContact *contact)
{
    double nps = contact->rating[VOC_RATING_NPS];
    return isnan(nps) ? mood_of(contact->feeling) : voc_nps_sign(nps);
}

static gboolean
takes_answers(const char *channel)
{
    static const char *const CHANNELS[] = {"email", "chat", "ticket", "social", NULL};
    return g_strv_contains(CHANNELS, channel);
}

/* The channels in which staff write. */
static GHashTable *
staffed(const VocFacts *facts)
{
    GHashTable *channels = g_hash_table_new(NULL, NULL);
    for (gsize i = 0; i < voc_facts_count(facts); i++) {
        const VocFact *fact = voc_facts_at(facts, i);
        if (fact->role == VOC_ROLE_AGENT && fact->thread && !fact->automatic)
            g_hash_table_add(channels, GUINT_TO_POINTER(fact->channel));
    }
    return channels;
}

static guint
reasons_of(const VocFact *fact)
{
    return (fact->cues & VOC_CUE_URGENCY ? VOC_ANSWER_URGENT : 0) |
           (fact->cues & VOC_CUE_CHURN ? VOC_ANSWER_LEAVING : 0) |
           (fact->cues & VOC_CUE_ESCALATION ? VOC_ANSWER_ESCALATED : 0);
}

/* When the first answer came, and what has been said since the last one. Returns when the customer began to
 * wait, or -1. */
static gint64
find_answers(VocJourneys *journeys, VocJourneyContact *contact)
{
    gint64 since = -1;
    gboolean live = g_str_equal(voc_facts_name(journeys->facts, contact->channel), "call");
    for (gsize i = 0; i < contact->n_rows; i++) {
        const VocFact *fact = row_of(journeys, contact, i);
        gint64 time = voc_journey_time(fact);
        if (fact->role != VOC_ROLE_AGENT) {
            since = since < 0 ? time : since;
            contact->reasons |= reasons_of(fact);
            continue;
        }
        if (since >= 0 && contact->reply_seconds < 0 && !live)
            contact->reply_seconds = time - contact->first;
        since = -1;
        contact->reasons = 0;
    }
    return since;
}

/* What the customer says behind the last answer: a chat that staff have answered in is over with it, and
 * thanks or praise want no answer anywhere. */
static VocReply
reply_to_last(const VocJourneys *journeys, const VocJourneyContact *contact, GHashTable *channels)
{
    const VocFact *newest = voc_facts_at(journeys->facts, contact->last_row);
    const char *channel = voc_facts_name(journeys->facts, contact->channel);
    gboolean content = newest->feeling == VOC_FEELING_POSITIVE || (newest->cues & VOC_CUE_THANKS);
    gboolean answered = contact->reply_seconds >= 0;
    if (!contact->reasons && (content || (answered && g_str_equal(channel, "chat"))))
        return answered ? VOC_REPLY_GIVEN : VOC_REPLY_NONE_EXPECTED;
    if (g_str_equal(channel, "call"))
        return VOC_REPLY_NONE_EXPECTED;
    return takes_answers(channel) && g_hash_table_contains(channels, GUINT_TO_POINTER(contact->channel))
               ? VOC_REPLY_AWAITED
               : VOC_REPLY_UNKNOWN;
}

static void
judge_reply(VocJourneys *journeys, VocJourneyContact *contact, GHashTable *channels)
{
    gint64 since = find_answers(journeys, contact);
    contact->reply = since < 0 ? VOC_REPLY_GIVEN : reply_to_last(journeys, contact, channels);
    if (since >= 0 && voc_facts_at(journeys->facts, contact->last_row)->feeling == VOC_FEELING_NEGATIVE)
        contact->reasons |= VOC_ANSWER_NEGATIVE;
    if (contact->reply == VOC_REPLY_AWAITED) {
        contact->reasons |= VOC_ANSWER_UNANSWERED;
        contact->waited_seconds = journeys->end - since;
    }
}

static gboolean
shares_theme(const VocJourneyContact *a, const VocJourneyContact *b)
{
    for (guint i = 0; i < a->n_themes; i++)
        for (guint j = 0; j < b->n_themes; j++)
            if (a->themes[i] == b->themes[j])
                return TRUE;
    return FALSE;
}

/* Against the customer's contact before it, if there is one. */
static void
judge_sequence(VocJourneyContact *contact, const VocJourneyContact *before)
{
    int first = isnan(contact->feeling_first) ? 0 : mood_of(contact->feeling_first);
    int last = isnan(contact->feeling_last) ? 0 : mood_of(contact->feeling_last);
    if (contact->last > contact->first && first * last < 0) {
        contact->turn = last;
        contact->turn_within = TRUE;
    }
    if (!before)
        return;
    gint64 gap = contact->first - before->last;
    contact->again = gap <= VOC_JOURNEY_REPEAT * DAY;
    contact->again_theme = contact->again && shares_theme(contact, before);
    if (!contact->turn && gap <= VOC_JOURNEY_TURN * DAY && mood(before) * mood(contact) < 0)
        contact->turn = mood(contact);
}

/* Whoever was answered, or content, in a later contact does not wait any longer. The contacts are one
 * customer's, in the order in which they began: the last that settles things decides. */
static void
judge_later(VocJourneys *journeys, gsize begin, gsize end)
{
    gsize settled = end;
    for (gsize i = begin; i < end; i++) {
        const VocJourneyContact *contact = contact_at(journeys, i);
        if (contact->reply == VOC_REPLY_GIVEN || (contact->cues & VOC_CUE_THANKS) || mood(contact) > 0)
            settled = i;
    }
    for (gsize i = begin; i < settled && settled < end; i++) {
        VocJourneyContact *contact = contact_at(journeys, i);
        if ((contact->reply != VOC_REPLY_AWAITED && contact->reply != VOC_REPLY_UNKNOWN) ||
            contact_at(journeys, settled)->first < contact->last)
            continue;
        contact->reply = VOC_REPLY_LATER;
        contact->reasons = 0;
        contact->waited_seconds = -1;
    }
}

/* Escalated 4, leaving or urgent 3, unanswered 2, negative 1, the same thing again 1. Where staff never
 * write, only who is leaving, in a hurry or taking it further is in need. */
static int
points_of(const VocJourneyContact *contact)
{
    guint reasons = contact->reasons,
          pressing = VOC_ANSWER_ESCALATED | VOC_ANSWER_LEAVING | VOC_ANSWER_URGENT;
    if (contact->reply != VOC_REPLY_AWAITED && !(contact->reply == VOC_REPLY_UNKNOWN && reasons & pressing))
        return 0;
    return (reasons & VOC_ANSWER_ESCALATED ? 4 : 0) + (reasons & VOC_ANSWER_LEAVING ? 3 : 0) +
           (reasons & VOC_ANSWER_URGENT ? 3 : 0) + (reasons & VOC_ANSWER_UNANSWERED ? 2 : 0) +
           (reasons & VOC_ANSWER_NEGATIVE ? 1 : 0) + (contact->again_theme ? 1 : 0);
}

static int
by_size(gconstpointer a, gconstpointer b)
{
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
    return x < y ? -1 : x > y;
}

static int
most_contacts(gconstpointer a, gconstpointer b)
{
    const VocJourneyChannel *x = a, *y = b;
    if (x->contacts != y->contacts)
        return x->contacts > y->contacts ? -1 : 1;
    return x->channel < y->channel ? -1 : x->channel > y->channel;
}

static void
free_times(gpointer times)
{
    g_array_unref(times);
}

/* Where the channel stands in the list, and the times to its first answers. */
static GArray *
channel_of(VocJourneys *journeys, GHashTable *places, GPtrArray *times, VocName name,
           VocJourneyChannel **channel)
{
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, GUINT_TO_POINTER(name + 1)));
    if (!place) {
        VocJourneyChannel fresh = {.channel = name, .median = -1};
        g_array_append_val(journeys->channels, fresh);
        g_ptr_array_add(times, g_array_new(FALSE, FALSE, sizeof(gint64)));
        place = journeys->channels->len;
        g_hash_table_insert(places, GUINT_TO_POINTER(name + 1), GUINT_TO_POINTER(place));
    }
    *channel = &g_array_index(journeys->channels, VocJourneyChannel, place - 1);
    return g_ptr_array_index(times, place - 1);
}

static gint64
median_of(GArray *times)
{
    g_array_sort(times, by_size);
    return times->len ? (g_array_index(times, gint64, (times->len - 1) / 2) +
                         g_array_index(times, gint64, times->len / 2)) /
                            2
                      : -1;
}

static void
count_channels(VocJourneys *journeys)
{
    g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) times = g_ptr_array_new_with_free_func(free_times);
    for (gsize i = 0; i < journeys->contacts->len; i++) {
        const VocJourneyContact *contact = contact_at(journeys, i);
        VocJourneyChannel *channel;
        GArray *of = channel_of(journeys, places, times, contact->channel, &channel);
        channel->contacts++;
        channel->awaited += contact->reply == VOC_REPLY_AWAITED;
        if (contact->reply_seconds >= 0)
            g_array_append_val(of, contact->reply_seconds);
    }
    for (guint c = 0; c < journeys->channels->len; c++) {
        VocJourneyChannel *channel = &g_array_index(journeys->channels, VocJourneyChannel, c);
        GArray *of = g_ptr_array_index(times, c);
        channel->answered = of->len;
        channel->median = median_of(of);
    }
    g_array_sort(journeys->channels, most_contacts);
}

static void
count(VocJourneys *journeys, const VocJourneyContact *contact, gboolean new_customer)
{
    gint32 last = voc_facts_at(journeys->facts, contact->last_row)->day;
    journeys->first_day = MIN(journeys->first_day, contact->day);
    journeys->last_day = MAX(journeys->last_day, last);
    journeys->customers += new_customer;
    journeys->known += contact->customer != 0;
    journeys->again += contact->again;
    journeys->again_theme += contact->again_theme;
    journeys->recovered += contact->turn > 0;
    journeys->lost += contact->turn < 0;
    journeys->awaited += contact->reply == VOC_REPLY_AWAITED;
}

void
voc_journeys_judge(VocJourneys *journeys)
{
    GHashTable *channels = staffed(journeys->facts);
    journeys->first_day = G_MAXINT32;
    journeys->last_day = G_MININT32;
    for (gsize i = 0; i < journeys->contacts->len; i++)
        judge_reply(journeys, contact_at(journeys, i), channels);
    g_hash_table_unref(channels);
    for (gsize i = 0, end; i < journeys->contacts->len; i = end) {
        VocName customer = contact_at(journeys, i)->customer;
        for (end = i + 1; customer && end < journeys->contacts->len; end++)
            if (contact_at(journeys, end)->customer != customer)
                break;
        judge_later(journeys, i, end);
        for (gsize k = i; k < end; k++) {
            VocJourneyContact *contact = contact_at(journeys, k);
            judge_sequence(contact, k > i ? contact_at(journeys, k - 1) : NULL);
            contact->points = points_of(contact);
            count(journeys, contact, customer && k == i);
        }
    }
    count_channels(journeys);
}

static int
most_pressing(gconstpointer a, gconstpointer b, gpointer data)
{
    const VocJourneyContact *x = voc_journeys_at(data, *(const guint *)a);
    const VocJourneyContact *y = voc_journeys_at(data, *(const guint *)b);
    if (x->points != y->points)
        return x->points > y->points ? -1 : 1;
    if (x->waited_seconds != y->waited_seconds)
        return x->waited_seconds > y->waited_seconds ? -1 : 1;
    return *(const guint *)a < *(const guint *)b ? -1 : 1;
}

GArray *
voc_journeys_pressing(const VocJourneys *journeys, int days)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < journeys->contacts->len; i++) {
        const VocJourneyContact *contact = voc_journeys_at(journeys, i);
        if (!contact->points || (days && journeys->end - contact->last > days * DAY))
            continue;
        guint *last = list->len ? &g_array_index(list, guint, list->len - 1) : NULL;
        const VocJourneyContact *other = last ? voc_journeys_at(journeys, *last) : NULL;
        if (!other || !contact->customer || other->customer != contact->customer)
            g_array_append_val(list, i);
        else if (contact->points > other->points)
            *last = i;
    }
    g_array_sort_with_data(list, most_pressing, (gpointer)journeys);
    return list;
}
