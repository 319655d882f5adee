/**
 * What to do inside a guest with what was restored: EC2 attaches volumes, and knows neither file
 * systems nor databases.
 */
package dev.freezeframe.restore.guest;
