// A vendor list in the third version of its form, of nobody that exists.
const named = (ids: number[], what: string) =>
  Object.fromEntries(
    ids.map((id) => [id, { id, name: `${what} ${id}`, description: `What ${what} ${id} is.`, illustrations: [] }]),
  );
const vendor = (id: number, purposes: number[], more: object = {}) => ({
  id,
  name: `Vendor ${id}`,
  purposes,
  legIntPurposes: [],
  flexiblePurposes: [],
  specialPurposes: [],
  features: [],
  specialFeatures: [],
  cookieMaxAgeSeconds: 86_400,
  usesCookies: true,
  cookieRefresh: false,
  usesNonCookieAccess: false,
  dataRetention: { stdRetention: 30, purposes: {}, specialPurposes: {} },
  urls: [{ langId: 'en', privacy: `https://vendor-${id}.example/privacy` }],
  dataDeclaration: [],
  ...more,
});

export const exampleVendorList = {
  gvlSpecificationVersion: 3,
  vendorListVersion: 17,
  tcfPolicyVersion: 5,
  lastUpdated: '2026-11-19T16:00:00Z',
  purposes: named([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'Purpose'),
  specialPurposes: named([1, 2, 3], 'Special purpose'),
  features: named([1, 2, 3], 'Feature'),
  specialFeatures: named([1, 2], 'Special feature'),
  stacks: {},
  dataCategories: {},
  vendors: {
    2: vendor(2, [1, 7]),
    5: vendor(5, [1, 2, 3, 4]),
    8: vendor(8, [], { legIntPurposes: [7, 8], specialPurposes: [1], features: [2], specialFeatures: [1] }),
    9: vendor(9, [2, 3], { urls: [{ langId: 'en', privacy: 'javascript:alert(1)' }] }),
    40: vendor(40, [1, 2, 3, 4, 7]),
  },
};
