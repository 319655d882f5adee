/** The instances and volumes of the account as they are, and what Describe calls show of them. */
package dev.freezeframe.rehearsal.ec2.inventory;
