#include "stats/minimise.h"

#include <math.h>
#include <string.h>

/* Steps that the inverse Hessian is made of. */
#define MEMORY 8u
/* Armijo's condition: how much of the promised fall is enough. */
#define ENOUGH 1e-4
#define MAX_HALVINGS 40

typedef struct Walk {
    VocObjective objective;
    void *data;
    gsize n;
    double *x, *gradient, *direction;
    double *new_x, *new_gradient;
    double *steps, *turns;   /* MEMORY rows of n: differences of x and of the gradient */
    double products[MEMORY]; /* step . turn of each */
    guint kept, next;
    double value;
} Walk;

static double
dot(const double *a, const double *b, gsize n)
{
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static void
add_scaled(double *to, double factor, const double *from, gsize n)
{
    for (gsize i = 0; i < n; i++)
        to[i] += factor * from[i];
}

/* The two-loop recursion: direction = - (approximate inverse Hessian) gradient. */
static void
find_direction(Walk *walk)
{
    double alpha[MEMORY] = {0};
    gsize n = walk->n;
    memcpy(walk->direction, walk->gradient, n * sizeof(double));
    for (guint k = 0; k < walk->kept; k++) {
        guint row = (walk->next + MEMORY - 1 - k) % MEMORY;
        alpha[row] = dot(walk->steps + row * n, walk->direction, n) / walk->products[row];
        add_scaled(walk->direction, -alpha[row], walk->turns + row * n, n);
    }
    if (walk->kept) {
        guint row = (walk->next + MEMORY - 1) % MEMORY;
        double scale = walk->products[row] / dot(walk->turns + row * n, walk->turns + row * n, n);
        for (gsize i = 0; i < n; i++)
            walk->direction[i] *= scale;
    }
    for (guint k = walk->kept; k-- > 0;) {
        guint row = (walk->next + MEMORY - 1 - k) % MEMORY;
        double beta = dot(walk->turns + row * n, walk->direction, n) / walk->products[row];
        add_scaled(walk->direction, alpha[row] - beta, walk->steps + row * n, n);
    }
    for (gsize i = 0; i < n; i++)
        walk->direction[i] = -walk->direction[i];
}

/* Halves the step until the value has fallen enough; FALSE when it will not. */
static gboolean
search(Walk *walk, double slope, double *value)
{
    double length = walk->kept ? 1 : 1 / fmax(1, sqrt(-slope));
    for (int i = 0; i < MAX_HALVINGS; i++, length /= 2) {
        for (gsize k = 0; k < walk->n; k++)
            walk->new_x[k] = walk->x[k] + length * walk->direction[k];
        *value = walk->objective(walk->data, walk->new_x, walk->new_gradient, walk->n);
        if (*value <= walk->value + ENOUGH * length * slope)
            return TRUE;
    }
    return FALSE;
}

/* Takes the new point and learns the curvature between it and the old one. */
static void
advance(Walk *walk, double value)
{
    gsize n = walk->n;
    double *step = walk->steps + walk->next * n, *turn = walk->turns + walk->next * n;
    for (gsize i = 0; i < n; i++) {
        step[i] = walk->new_x[i] - walk->x[i];
        turn[i] = walk->new_gradient[i] - walk->gradient[i];
    }
    double product = dot(step, turn, n);
    if (product > 1e-12 * dot(turn, turn, n)) {
        walk->products[walk->next] = product;
        walk->next = (walk->next + 1) % MEMORY;
        walk->kept = MIN(walk->kept + 1, MEMORY);
    }
    memcpy(walk->x, walk->new_x, n * sizeof(double));
    memcpy(walk->gradient, walk->new_gradient, n * sizeof(double));
    walk->value = value;
}

double
voc_minimise(VocObjective objective, void *data, double *x, gsize n, guint rounds, double tolerance)
{
    g_autofree double *memory = g_new0(double, n *(4 + 2 * MEMORY));
    Walk walk = {.objective = objective, .data = data, .n = n, .x = x};
    walk.gradient = memory;
    walk.direction = memory + n;
    walk.new_x = memory + 2 * n;
    walk.new_gradient = memory + 3 * n;
    walk.steps = memory + 4 * n;
    walk.turns = memory + (4 + MEMORY) * n;
    walk.value = objective(data, x, walk.gradient, n);
    for (guint round = 0; round < rounds; round++) {
        double value;
        find_direction(&walk);
        double slope = dot(walk.gradient, walk.direction, n);
        if (!(slope < 0) || !search(&walk, slope, &value))
            break;
        double fall = walk.value - value;
        advance(&walk, value);
        if (fall <= tolerance * fmax(1, fabs(walk.value)))
            break;
    }
    return walk.value;
}
