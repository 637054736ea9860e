/* The polynomial through the values at all nodes, by its Legendre series: it is integrated up to a
 * node by (2l + 1) * integral of P_l from -1 to x = P_{l+1}(x) - P_{l-1}(x), and read at the ends
 * by P_l(1) = 1. */
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_legendre.h>

#include "base/assert.h"
#include "theory/gauss.h"

static double upto_weight(double to_node, double of_node) {
    double here[OH_GAUSS_ORDER + 1], there[OH_GAUSS_ORDER + 1];
    gsl_sf_legendre_Pl_array(OH_GAUSS_ORDER, to_node, here);
    gsl_sf_legendre_Pl_array(OH_GAUSS_ORDER, of_node, there);
    double sum = (to_node + 1) / 2;
    for (int l = 1; l < OH_GAUSS_ORDER; l++)
        sum += there[l] * (here[l + 1] - here[l - 1]) / 2;
    return sum;
}

static double end_weight(int sign, double of_node) {
    double there[OH_GAUSS_ORDER];
    gsl_sf_legendre_Pl_array(OH_GAUSS_ORDER - 1, of_node, there);
    double sum = 0;
    for (int l = 0; l < OH_GAUSS_ORDER; l++)
        sum += (l + 0.5) * there[l] * (l % 2 ? sign : 1);
    return sum;
}

void oh_gauss_init(struct oh_gauss *rule) {
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(OH_GAUSS_ORDER);
    OH_INVARIANT(table != NULL);
    for (size_t i = 0; i < OH_GAUSS_ORDER; i++)
        gsl_integration_glfixed_point(-1, 1, i, &rule->node[i], &rule->weight[i], table);
    gsl_integration_glfixed_table_free(table);
    for (int i = 0; i < OH_GAUSS_ORDER; i++)
        for (int j = 0; j < OH_GAUSS_ORDER; j++)
            rule->upto[i][j] = rule->weight[j] * upto_weight(rule->node[i], rule->node[j]);
    for (int j = 0; j < OH_GAUSS_ORDER; j++) {
        rule->left[j] = rule->weight[j] * end_weight(-1, rule->node[j]);
        rule->right[j] = rule->weight[j] * end_weight(1, rule->node[j]);
    }
}
