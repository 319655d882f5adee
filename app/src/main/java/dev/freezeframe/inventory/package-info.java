/** Which instances a policy backs up, and which of their volumes. */
package dev.freezeframe.inventory;
