const light = 'pier';
