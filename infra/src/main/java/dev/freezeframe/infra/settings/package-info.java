/** The settings of a deployment, and what is warned of at synthesis. */
package dev.freezeframe.infra.settings;
