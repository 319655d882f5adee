/** The CDK app: one construct per concept, which the stack only composes. */
package dev.freezeframe.infra;
