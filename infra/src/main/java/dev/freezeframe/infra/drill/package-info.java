/** Where drill instances are launched, and what they may do. */
package dev.freezeframe.infra.drill;
