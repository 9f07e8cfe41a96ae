import { defineStrings } from '../../text/strings';

export const mapStrings = defineStrings('alerts-map', {
  it: {
    map: {
      title: 'Dove sono le allerte',
      intro: 'Il numero è scritto sulla carta e nella tabella sotto: il colore da solo non dice niente.',
      label: 'Carta delle regioni italiane con il numero delle allerte della tua organizzazione',
      table: 'Allerte per regione',
      region: 'Regione',
      count: 'Allerte',
      open: 'Emesse e aperte',
      territory: 'Che cosa succede lì',
      see: 'Dinamiche: {{region}}',
      none: 'Nessuna allerta da mostrare sulla carta.',
      credit: 'Carta: «@svg-maps/italy», da MapSVG, licenza',
      legend: { none: 'nessuna', few: 'una', some: 'due o tre', many: 'quattro o più' },
    },
  },
  en: {
    map: {
      title: 'Where the alerts are',
      intro: 'The number stands on the map and in the table beneath: colour alone says nothing.',
      label: 'Map of the Italian regions with the number of your organisation’s alerts',
      table: 'Alerts by region',
      region: 'Region',
      count: 'Alerts',
      open: 'Issued and open',
      territory: 'What happens there',
      see: 'Dynamics: {{region}}',
      none: 'No alert to show on the map.',
      credit: 'Map: “@svg-maps/italy”, from MapSVG, licence',
      legend: { none: 'none', few: 'one', some: 'two or three', many: 'four or more' },
    },
  },
});
