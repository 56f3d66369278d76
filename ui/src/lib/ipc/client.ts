import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend } from './backend';
import type { ImportProgress } from './generated';

/** The shell. The only module that knows it. */
export const shell: Backend = {
  call: (name, request) => invoke(name, { request }),
  onImportProgress: (listener) => listen<ImportProgress>('import-progress', (event) => listener(event.payload)),
  onArrival: (listener) => listen('arrival', () => listener()),
  onCredentialsChanged: (listener) => listen('credentials-changed', () => listener()),
  onCloseAsked: (listener) => listen('close-asked', () => listener()),
};
