import { MachineImage } from '../modules/compute/machine-image.ts';
import type { FleetInstance } from './schema/index.ts';

/** The public images that a fleet file can name. */
export const images: Readonly<Record<FleetInstance['image'], MachineImage>> = {
  'windows-server-2016': MachineImage.windowsServer('2016'),
  'windows-server-2019': MachineImage.windowsServer('2019'),
  'windows-server-2022': MachineImage.windowsServer('2022'),
  'windows-server-2025': MachineImage.windowsServer('2025'),
  'amazon-linux-2': MachineImage.amazonLinux2(),
  'amazon-linux-2023': MachineImage.amazonLinux2023(),
  'ubuntu-22.04': MachineImage.ubuntu('22.04'),
  'ubuntu-24.04': MachineImage.ubuntu('24.04'),
  'debian-12': MachineImage.debian('12'),
};
