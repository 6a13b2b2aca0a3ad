#include "lexicon/fit.h"

#include <math.h>

#include "stats/minimise.h"

#define ROUNDS 200
#define TOLERANCE 1e-6
/* The pull of the scales towards where they start: what some tens of texts can move. That of the intercepts
 * is hardly any. */
#define SCALE_STRENGTH 20
#define LOOSE 0.01

/* Where the parameters stand: weights and feelings of the features (in logits: times their scales), the
 * scales, the intercepts. */
typedef struct Problem {
    const VocRows *rows;
    const VocPrior *priors;
    guint held_out;
    const double *length;        /* by row: the factor that length makes */
    double scale, feeling_scale; /* where they start */
    gsize n;
} Problem;

static gsize
at_scale(const VocRows *rows)
{
    return 2 * (gsize)rows->n_features;
}

static gsize
at_intercepts(const VocRows *rows)
{
    return at_scale(rows) + 2;
}

static double *
row_lengths(const VocRows *rows, const VocCalibration *calibration)
{
    double *length = g_new(double, rows->n + 1);
    for (guint i = 0; i < rows->n; i++)
        length[i] = voc_calibration_length(calibration, rows->rows[i].words);
    return length;
}

/* Polarity and feeling of a row, without intercepts. */
static void
row_sums(const VocRows *rows, const VocRow *row, const double *x, double length, double *polarity,
         double *feeling)
{
    guint m = rows->n_features;
    double weight = row->known_weight * x[at_scale(rows)];
    double felt = row->known_feeling * x[at_scale(rows) + 1];
    for (guint k = row->first; k < row->first + row->n; k++) {
        const VocPart *part = &rows->parts[k];
        weight += part->weight * x[part->feature];
        felt += part->feeling * x[m + part->feature];
    }
    *polarity = weight * length;
    *feeling = felt * length;
}

/* The probabilities of a row's labels; a source without neutral texts has none to give. */
static void
probabilities(double negative, double neutral, double positive, gboolean two_sided, double p[3])
{
    double top = fmax(negative, positive);
    if (!two_sided)
        top = fmax(top, neutral);
    p[VOC_NEGATIVE] = exp(negative - top);
    p[VOC_NEUTRAL] = two_sided ? 0 : exp(neutral - top);
    p[VOC_POSITIVE] = exp(positive - top);
    double total = p[0] + p[1] + p[2];
    for (int i = 0; i < 3; i++)
        p[i] /= total;
}

static void
row_probabilities(const VocRows *rows, const VocRow *row, const double *x, double length, double p[3])
{
    double polarity, feeling;
    gsize at = at_intercepts(rows) + 2 * row->source;
    row_sums(rows, row, x, length, &polarity, &feeling);
    probabilities(x[at] - polarity, -feeling, x[at + 1] + polarity, rows->two_sided[row->source], p);
}

/* One row's loss; adds to the gradient. */
static double
row_loss(const Problem *problem, guint i, const double *x, double *gradient)
{
    const VocRows *rows = problem->rows;
    const VocRow *row = &rows->rows[i];
    double p[3], length = problem->length[i];
    row_probabilities(rows, row, x, length, p);
    double negative = p[VOC_NEGATIVE] - (row->label == VOC_NEGATIVE);
    double positive = p[VOC_POSITIVE] - (row->label == VOC_POSITIVE);
    double neutral = p[VOC_NEUTRAL] - (row->label == VOC_NEUTRAL);
    double by_polarity = (positive - negative) * length, by_feeling = -neutral * length;
    for (guint k = row->first; k < row->first + row->n; k++) {
        const VocPart *part = &rows->parts[k];
        gradient[part->feature] += by_polarity * part->weight;
        gradient[rows->n_features + part->feature] += by_feeling * part->feeling;
    }
    gradient[at_scale(rows)] += by_polarity * row->known_weight;
    gradient[at_scale(rows) + 1] += by_feeling * row->known_feeling;
    gradient[at_intercepts(rows) + 2 * row->source] += negative;
    gradient[at_intercepts(rows) + 2 * row->source + 1] += positive;
    return -log(fmax(p[row->label], 1e-300));
}

/* The prior's loss: half its strength times the square of the distance. */
static double
pull(double strength, double distance, double *gradient)
{
    *gradient += strength * distance;
    return strength * distance * distance / 2;
}

static double
prior_loss(const Problem *problem, const double *x, double *gradient)
{
    const VocRows *rows = problem->rows;
    guint m = rows->n_features;
    double loss = 0;
    for (guint j = 0; j < m; j++) {
        const VocPrior *prior = &problem->priors[j];
        double weight = prior->weight * problem->scale, feeling = prior->feeling * problem->feeling_scale;
        if (prior->off) {
            gradient[j] = gradient[m + j] = 0;
            continue;
        }
        loss += pull(prior->strength, x[j] - weight, &gradient[j]);
        loss += pull(prior->strength, x[m + j] - feeling, &gradient[m + j]);
    }
    gsize scale = at_scale(rows);
    if (rows->keep_scales)
        gradient[scale] = gradient[scale + 1] = 0;
    loss += pull(SCALE_STRENGTH, x[scale] - problem->scale, &gradient[scale]);
    loss += pull(SCALE_STRENGTH, x[scale + 1] - problem->feeling_scale, &gradient[scale + 1]);
    for (gsize j = at_intercepts(rows); j < problem->n; j++)
        loss += pull(LOOSE, x[j], &gradient[j]);
    return loss;
}

static double
objective(void *data, const double *x, double *gradient, gsize n)
{
    const Problem *problem = data;
    double loss = 0;
    for (gsize j = 0; j < n; j++)
        gradient[j] = 0;
    for (guint i = 0; i < problem->rows->n; i++)
        if (problem->rows->rows[i].fold != problem->held_out)
            loss += row_loss(problem, i, x, gradient);
    return loss + prior_loss(problem, x, gradient);
}

/* Back to the units of a lexicon. Entries of the scale 0 would have no weight: a scale that ran away to 0 or
 * below (hand-written weights that the texts contradict) is kept at a little. */
static VocFit *
read_off(const VocRows *rows, const double *x)
{
    VocFit *fit = g_new0(VocFit, 1);
    guint m = rows->n_features;
    fit->scale = fmax(x[at_scale(rows)], 0.05);
    fit->feeling_scale = fmax(x[at_scale(rows) + 1], 0.05);
    fit->weight = g_new(double, m + 1);
    fit->feeling = g_new(double, m + 1);
    fit->negative = g_new(double, rows->n_sources);
    fit->positive = g_new(double, rows->n_sources);
    for (guint j = 0; j < m; j++) {
        fit->weight[j] = x[j] / fit->scale;
        fit->feeling[j] = x[m + j] / fit->feeling_scale;
    }
    for (guint s = 0; s < rows->n_sources; s++) {
        fit->negative[s] = x[at_intercepts(rows) + 2 * s];
        fit->positive[s] = x[at_intercepts(rows) + 2 * s + 1];
    }
    return fit;
}

VocFit *
voc_fit(const VocRows *rows, guint held_out_fold, const VocPrior *priors, const VocCalibration *calibration)
{
    Problem problem = {.rows = rows,
                       .priors = priors,
                       .held_out = held_out_fold,
                       .scale = calibration->scale,
                       .feeling_scale = calibration->feeling,
                       .n = at_intercepts(rows) + 2 * (gsize)rows->n_sources};
    g_autofree double *length = row_lengths(rows, calibration);
    g_autofree double *x = g_new0(double, problem.n);
    problem.length = length;
    for (guint j = 0; j < rows->n_features; j++) {
        x[j] = priors[j].weight * problem.scale;
        x[rows->n_features + j] = priors[j].feeling * problem.feeling_scale;
    }
    x[at_scale(rows)] = problem.scale;
    x[at_scale(rows) + 1] = problem.feeling_scale;
    voc_minimise(objective, &problem, x, problem.n, ROUNDS, TOLERANCE);
    return read_off(rows, x);
}

void
voc_fit_free(VocFit *fit)
{
    if (!fit)
        return;
    g_free(fit->weight);
    g_free(fit->feeling);
    g_free(fit->negative);
    g_free(fit->positive);
    g_free(fit);
}

void
voc_fit_sums(const VocFit *fit, const VocRows *rows, const VocRow *row, const VocCalibration *calibration,
             double *polarity, double *feeling)
{
    double length = voc_calibration_length(calibration, row->words);
    double weight = row->known_weight, felt = row->known_feeling;
    for (guint k = row->first; k < row->first + row->n; k++) {
        const VocPart *part = &rows->parts[k];
        weight += part->weight * fit->weight[part->feature];
        felt += part->feeling * fit->feeling[part->feature];
    }
    *polarity = fit->scale * weight * length;
    *feeling = fit->feeling_scale * felt * length;
}

double *
voc_fit_errors(const VocFit *fit, const VocRows *rows, const VocPrior *priors,
               const VocCalibration *calibration)
{
    double *errors = g_new(double, rows->n_features + 1);
    for (guint j = 0; j < rows->n_features; j++)
        errors[j] = priors[j].strength;
    for (guint i = 0; i < rows->n; i++) {
        const VocRow *row = &rows->rows[i];
        double polarity, feeling, p[3], length = voc_calibration_length(calibration, row->words);
        voc_fit_sums(fit, rows, row, calibration, &polarity, &feeling);
        probabilities(fit->negative[row->source] - polarity, -feeling, fit->positive[row->source] + polarity,
                      rows->two_sided[row->source], p);
        double mean = p[VOC_POSITIVE] - p[VOC_NEGATIVE];
        double curvature = (p[VOC_POSITIVE] + p[VOC_NEGATIVE] - mean * mean) * length * length;
        for (guint k = row->first; k < row->first + row->n; k++)
            errors[rows->parts[k].feature] += curvature * rows->parts[k].weight * rows->parts[k].weight;
    }
    for (guint j = 0; j < rows->n_features; j++)
        errors[j] = 1 / sqrt(errors[j]) / fit->scale;
    return errors;
}
