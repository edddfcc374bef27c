/** The files of a project with one stack, `box`. */
export const project = {
  "Pulumi.yaml": "name: tiny\nruntime: nodejs\nstackConfigDir: stacks\n",
  "stacks/Pulumi.box.yaml": "# what the box runs\nconfig:\n  tiny:size: 3 # litres\n",
};
